import {
  type Deployment,
  expectResource,
  onlyResource,
  type Policy,
  propertiesOfType,
  resourcesOfType,
  type Statement,
  synthesize,
} from './deployment';

describe('the bus for integrators', () => {
  let on: Deployment;
  let off: Deployment;
  beforeAll(async () => {
    [on, off] = [await synthesize({ eventBus: 'on' }), await synthesize()];
  });
  const statementsOf = ({ service }: Deployment): Statement[] =>
    ['Policy', 'ManagedPolicy'].flatMap((type) =>
      propertiesOfType<Policy>(service, `AWS::IAM::${type}`).flatMap(({ PolicyDocument: { Statement: all } }) => all),
    );
  const environments = ({ service }: Deployment): string[] =>
    propertiesOfType<{ ContainerDefinitions: { Environment: { Name: string }[] }[] }>(
      service,
      'AWS::ECS::TaskDefinition',
    ).flatMap(({ ContainerDefinitions: [container] }) => (container?.Environment ?? []).map(({ Name: name }) => name));

  it('exists if it is turned on, and no task may do more than put events on it', () => {
    expect(onlyResource(on.data, 'AWS::Events::EventBus').Properties).toMatchObject({ Name: 'milkround' });
    const statements = statementsOf(on).filter(({ Action: actions }) => JSON.stringify(actions).includes('events:'));
    // The api, the worker and one-off commands.
    expect(statements).toHaveLength(3);
    for (const { Action: action, Resource: resource } of statements) {
      expect(action).toBe('events:PutEvents');
      expect(JSON.stringify(resource)).toMatch(/EventBus/);
    }
    expect(environments(on).filter((name) => name === 'EVENT_BUS_NAME')).toHaveLength(3);
    expectResource(on.service, 'AWS::CloudWatch::Alarm', {
      AlarmName: 'milkround-events-not-published',
      MetricName: 'EventNotPublished',
    });
    expect(on.findings).toEqual([]);
  });

  it('costs nothing if it is not', () => {
    expect(resourcesOfType(off.data, 'AWS::Events::EventBus')).toEqual([]);
    expect(JSON.stringify(statementsOf(off))).not.toContain('events:PutEvents');
    expect(environments(off)).not.toContain('EVENT_BUS_NAME');
    expect(JSON.stringify(off.service.toJSON())).not.toContain('milkround-events-not-published');
  });
});
