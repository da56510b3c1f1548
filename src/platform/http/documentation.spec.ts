import { InvalidRequest, Stale } from '../errors';
import { Access } from './access';
import { NotAdmitted, NotOwner, NotSignedIn, WrongRole } from './caller';
import { Fails } from './documentation';

class Cellar {
  @Access('signed-in')
  @Fails(WrongRole, InvalidRequest, Stale)
  @Fails(NotOwner, InvalidRequest)
  door(): void {}
}

it('failures that are told in several lists are each told once, with an example', () => {
  const { value: door } = Object.getOwnPropertyDescriptor(Cellar.prototype, 'door') as { value: object };
  const responses = Reflect.getMetadata('swagger/apiResponse', door) as Record<
    string,
    { description: string; content: Record<string, { examples: object }> }
  >;
  const told = Object.entries(responses).map(([status, { description, content }]) => [
    status,
    description.split('\n\n'),
    Object.keys(content['application/problem+json']?.examples ?? {}),
  ]);
  const once = (status: string, ...codes: string[]) => [status, codes.map((code) => `\`${code}\``), codes];
  expect(told).toEqual([
    once('400', InvalidRequest.code),
    once('401', NotSignedIn.code),
    once('403', NotOwner.code, WrongRole.code, NotAdmitted.code),
    once('412', Stale.code),
  ]);
});
