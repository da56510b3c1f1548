import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation, Responses } from './operations';

type Response = NonNullable<Responses[string]>;
type Paths = Record<string, Record<string, Operation>>;

/** The names of the error responses that most operations share, by status. */
const SHARED_NAMES: Readonly<Record<string, string>> = {
  400: 'InvalidRequest',
  401: 'Unauthenticated',
  403: 'Forbidden',
  413: 'RequestTooLarge',
  429: 'TooManyRequests',
  503: 'Unavailable',
};

/** Moves the most frequent error response of each status to the components and refers to it. */
export function shareFailures(paths: Paths): { paths: OpenAPIObject['paths']; responses: Record<string, Response> } {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const shared = new Map(
    Object.entries(SHARED_NAMES).flatMap(([status, name]) => {
      const texts = operations.flatMap(({ responses }) => (responses[status] ? JSON.stringify(responses[status]) : []));
      const [text] = mostFrequentFirst(texts);
      return text === undefined ? [] : [[text, name] as const];
    }),
  );
  const share = (responses: Responses): Responses =>
    Object.fromEntries(
      Object.entries(responses).map(([status, response]) => {
        const name = shared.get(JSON.stringify(response));
        return [status, name === undefined ? response : { $ref: `#/components/responses/${name}` }];
      }),
    );
  const withShared = (item: Record<string, Operation>): Record<string, Operation> =>
    Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [
        method,
        { ...operation, responses: share(operation.responses) },
      ]),
    );
  return {
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, withShared(item)])),
    responses: Object.fromEntries([...shared].map(([text, name]) => [name, JSON.parse(text) as Response])),
  };
}

function mostFrequentFirst(texts: readonly string[]): string[] {
  const groups = [...Map.groupBy(texts, (text) => text)];
  return groups.sort(([, one], [, other]) => other.length - one.length).map(([text]) => text);
}
