import { Access } from '../auth/access';
import { NotOwner } from '../auth/auth.errors';
import { StaleVersion } from '../errors';
import { ApiFailures } from './decorators';
import { completeOperation, failuresOf, type Operation } from './operations';

class SampleController {
  @Access('ADMIN')
  @ApiFailures(NotOwner, StaleVersion)
  @ApiFailures(NotOwner)
  sample(): void {}
}

const { value: sample } = Object.getOwnPropertyDescriptor(SampleController.prototype, 'sample') as { value: object };
const annotated = {
  ...(Reflect.getMetadata('swagger/apiExtension', sample) as object),
  responses: { 200: { description: 'OK' } },
} as Operation;

it('lists each failure once, whether it is named several times or follows from the access rule', () => {
  const { responses } = completeOperation(annotated, failuresOf('/samples/{sampleId}', annotated));
  const listed = Object.entries(responses).map(([status, response]) => [
    status,
    (response as DescribedResponse).description,
  ]);
  expect(listed).toEqual([
    ['200', 'OK'],
    ['400', '`request.invalid`'],
    ['401', '`auth.unauthenticated`'],
    ['403', '`auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner`'],
    ['412', '`request.stale`'],
    ['429', '`request.too_many`'],
    ['503', '`auth.issuer_unavailable`, `service.unavailable`'],
  ]);
});

it('removes the extensions that list the failures', () => {
  const { security, ...rest } = completeOperation(annotated, new Map());
  expect(security).toEqual([{ bearer: [] }]);
  expect(Object.keys(rest)).toEqual(['x-access', 'responses']);
});

interface DescribedResponse {
  readonly description: string;
}
