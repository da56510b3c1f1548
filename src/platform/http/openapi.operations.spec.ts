import { Stale } from '../errors';
import { Access } from './access';
import { NotOwner } from './caller';
import { Fails } from './documentation';
import { completed, failuresOf, type Operation } from './openapi.operations';

class Cellar {
  @Access('ADMIN')
  @Fails(NotOwner, Stale)
  @Fails(NotOwner)
  door(): void {}
}

const { value: door } = Object.getOwnPropertyDescriptor(Cellar.prototype, 'door') as { value: object };
const noted = {
  ...(Reflect.getMetadata('swagger/apiExtension', door) as object),
  responses: { 200: { description: 'OK' } },
} as Operation;

it('failures that are told in several lists, and those that follow from the access, are each told once', () => {
  const { responses } = completed(noted, 'get', '/cellar/{doorId}', failuresOf('/cellar/{doorId}', noted));
  const told = Object.entries(responses).map(([status, response]) => [status, (response as Described).description]);
  expect(told).toEqual([
    ['200', 'OK'],
    ['400', '`request.invalid`'],
    ['401', '`auth.unauthenticated`'],
    ['403', '`auth.forbidden`, `auth.not_admitted`, `auth.not_owner`'],
    ['412', '`request.stale`'],
    ['503', '`auth.issuer_unavailable`, `service.unavailable`'],
  ]);
});

it('an operation is named after its method and its path, and keeps no note of its failures', () => {
  const { operationId, security, ...rest } = completed(noted, 'get', '/cellar/{doorId}/key-hole', new Map());
  expect(operationId).toBe('getCellarByDoorIdKeyHole');
  expect(security).toEqual([{ bearer: [] }]);
  expect(Object.keys(rest)).toEqual(['x-access', 'responses']);
});

interface Described {
  readonly description: string;
}
