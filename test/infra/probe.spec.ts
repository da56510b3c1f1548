import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { type Deployment, expectResource, resourcesOfType, synthesize } from './deployment';

interface LambdaProperties {
  readonly Code: { readonly ZipFile: string };
  readonly Environment: { readonly Variables: { readonly URL: object } };
  readonly VpcConfig?: object;
}

describe('the probe', () => {
  let deployment: Deployment;
  beforeAll(async () => (deployment = await synthesize()));
  const probe = () => {
    const [found] = resourcesOfType<LambdaProperties>(deployment.service, 'AWS::Lambda::Function').filter(([id]) =>
      id.startsWith('Probe'),
    );
    if (!found) throw new Error('There is no probe');
    return found;
  };

  it('asks the public address every minute, from outside the network', () => {
    const [id, { Properties: properties }] = probe();
    expect(JSON.stringify(properties.Environment.Variables.URL)).toMatch(/Gateway.*\/health\/ready/);
    expect(properties.VpcConfig).toBeUndefined();
    expectResource(deployment.service, 'AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: { 'Fn::GetAtt': [id, 'Arn'] } }],
    });
    expectResource(deployment.service, 'AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });

  it('raises an alarm if the address does not answer, or if it does not ask', () => {
    expectResource(deployment.service, 'AWS::CloudWatch::Alarm', {
      AlarmName: 'milkround-api-unreachable',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: probe()[0] } }],
      Threshold: 3,
      Period: 300,
      TreatMissingData: 'breaching',
    });
    expect(deployment.findings).toEqual([]);
  });

  it('asks the custom domain, if there is one', async () => {
    const certificate = 'arn:aws:acm:ap-south-1:111122223333:certificate/abc';
    const { service } = await synthesize({ domain: 'api.dairy.example', certificate });
    expectResource(service, 'AWS::Lambda::Function', {
      Environment: { Variables: { URL: 'https://api.dairy.example/health/ready' } },
    });
  });

  it('is absent if it is turned off', async () => {
    const { service } = await synthesize({ probe: 'off' });
    expect(JSON.stringify(service.toJSON())).not.toMatch(/milkround-(?:probe|api-unreachable)/);
  });

  it('fails for any answer but 200, and without one', async () => {
    const statuses = [200, 503, 302];
    const server = createServer((_, response) => void response.writeHead(statuses.shift() ?? 500).end()).listen(0);
    const { port } = server.address() as AddressInfo;
    const code = probe()[1].Properties.Code.ZipFile;
    const exports = {} as { handler: () => Promise<void> };
    const process = { env: { URL: `http://127.0.0.1:${port}` } };
    runInNewContext(code, { exports, process, fetch, AbortSignal });
    const outcomes = [];
    for (let request = 0; request < 3; request++) outcomes.push(await outcomeOf(exports.handler()));
    await new Promise((resolve) => server.close(resolve));
    outcomes.push(await outcomeOf(exports.handler()));
    expect(outcomes).toEqual(['ok', expect.stringContaining('answered 503'), 'fetch failed', 'fetch failed']);
  });
});

function outcomeOf(request: Promise<void>): Promise<string> {
  return request.then(
    () => 'ok',
    (error: Error) => error.message,
  );
}
