import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { newKey } from '../api/new-key.ts';
import { ApiError } from '../api/problem.ts';

interface ActionOptions<T> {
  /** First parts of the query keys whose data the action changes. */
  readonly changes?: readonly string[];
  readonly onSuccess?: (result: T) => unknown;
  /** Whether a lost response may be followed by the same request. Default: true. */
  readonly isRepeatable?: boolean;
}

interface Attempt<T> {
  readonly values: string;
  readonly key: string;
  running?: Promise<T> | undefined;
}

type Run<V, T> = (values: V, headers: { 'Idempotency-Key': string }) => Promise<T>;

/**
 * Sends a change. All tries of one change have the same idempotency key, also when the user presses the button again
 * after a lost response, so it takes effect once.
 */
export function useAction<V, T>(
  run: Run<V, T>,
  { changes = [], onSuccess, isRepeatable = true }: ActionOptions<T> = {},
): UseMutationResult<T, Error, V> {
  const queries = useQueryClient();
  const attempt = useRef<Attempt<T> | undefined>(undefined);
  return useMutation({
    ...(!isRepeatable && { retry: false }),
    mutationFn: (values: V) => {
      const text = JSON.stringify(values) ?? '';
      if (attempt.current?.values !== text) attempt.current = { values: text, key: newKey() };
      const current = attempt.current;
      // A second tap, before the button shows that the first one counts, waits for the same response.
      current.running ??= run(values, { 'Idempotency-Key': current.key }).finally(() => (current.running = undefined));
      return current.running;
    },
    onError: (error) => {
      if (!(error instanceof ApiError && error.isUndecided)) attempt.current = undefined;
    },
    onSuccess: async (result: T) => {
      attempt.current = undefined;
      await Promise.all(changes.map((key) => queries.invalidateQueries({ queryKey: [key] })));
      await onSuccess?.(result);
    },
  });
}
