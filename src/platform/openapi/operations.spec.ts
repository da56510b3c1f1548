import { Access } from '../auth/access';
import { NotOwner } from '../auth/auth.errors';
import { StaleVersion } from '../errors';
import { ApiFailures } from './decorators';
import { completeOperation, failuresOf, type Operation } from './operations';

class SampleController {
  @Access('ADMIN')
  @ApiFailures(NotOwner, StaleVersion)
  @ApiFailures(NotOwner)
  door(): void {}
}

const { value: door } = Object.getOwnPropertyDescriptor(SampleController.prototype, 'door') as { value: object };
const annotated = {
  ...(Reflect.getMetadata('swagger/apiExtension', door) as object),
  responses: { 200: { description: 'OK' } },
} as Operation;

it('failures that are told in several lists, and those that follow from the access, are each told once', () => {
  const { responses } = completeOperation(annotated, failuresOf('/cellar/{doorId}', annotated));
  const told = Object.entries(responses).map(([status, response]) => [
    status,
    (response as DescribedResponse).description,
  ]);
  expect(told).toEqual([
    ['200', 'OK'],
    ['400', '`request.invalid`'],
    ['401', '`auth.unauthenticated`'],
    ['403', '`auth.forbidden`, `auth.not_admitted`, `auth.not_owner`'],
    ['412', '`request.stale`'],
    ['503', '`auth.issuer_unavailable`, `service.unavailable`'],
  ]);
});

it('an operation keeps no note of its failures', () => {
  const { security, ...rest } = completeOperation(annotated, new Map());
  expect(security).toEqual([{ bearer: [] }]);
  expect(Object.keys(rest)).toEqual(['x-access', 'responses']);
});

interface DescribedResponse {
  readonly description: string;
}
