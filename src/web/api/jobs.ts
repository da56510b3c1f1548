import { type QueryKey, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, type Schemas } from './client.ts';
import { ApiError } from './problem.ts';

export type Progress = Schemas['ProgressResponse'];
type Pending = Schemas['PendingResponse'];

/** A response with its body: a string only if the request asked for CSV. */
export interface JobAnswer<T> {
  readonly data?: T | Pending | string;
  readonly error?: unknown;
  readonly response: Response;
}

interface FollowOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

const DEFAULT_PAUSE_SECONDS = 5;

/**
 * The body of a response that may continue as a background job. Follows the job as slowly as the API asks for, then
 * repeats the request, which answers with the result. Throws `ApiError`.
 */
export async function resultOf<T>(send: () => Promise<JobAnswer<T>>, options: FollowOptions = {}): Promise<T> {
  for (;;) {
    const answer = await send();
    if (answer.response.status !== 202) return (await bodyOf(Promise.resolve(answer))) as T;
    await jobEnd(await pendingOf(answer.data), pauseOf(answer.response), options);
  }
}

/** A request for a file gets the body as it is. */
async function pendingOf(data: unknown): Promise<Pending> {
  return (data instanceof Blob ? JSON.parse(await data.text()) : data) as Pending;
}

async function jobEnd(job: Pending, seconds: number, { signal, onProgress }: FollowOptions): Promise<void> {
  const path = { jobId: job.jobId };
  for (let progress: Progress | undefined = job.progress; ;) {
    onProgress?.(progress);
    await pause(seconds, signal);
    const answer = await api.GET('/admin/job/{jobId}', { params: { path }, signal: signal ?? null });
    // A job that is forgotten is started again by the next request.
    if (answer.response.status === 404) return;
    const { status, error, ...found } = await bodyOf(Promise.resolve(answer));
    if (status === 'DONE') return;
    if (status === 'FAILED') throw new ApiError(error?.status ?? 500, error?.code ?? 'job.failed', error?.detail ?? '');
    progress = found.progress;
  }
}

function pauseOf({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : DEFAULT_PAUSE_SECONDS;
}

function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** A query that may continue as a background job, with the progress of the job while it runs. */
export function useJobQuery<T>(
  queryKey: QueryKey,
  send: (signal: AbortSignal) => Promise<JobAnswer<T>>,
  { enabled = true, staleTime }: { enabled?: boolean; staleTime?: number } = {},
): { query: UseQueryResult<T>; progress: Progress | undefined } {
  const [progress, setProgress] = useState<Progress>();
  const query = useQuery({
    queryKey,
    enabled,
    queryFn: ({ signal }) =>
      resultOf(() => send(signal), { signal, onProgress: setProgress }).finally(() => setProgress(undefined)),
    ...(staleTime !== undefined && { staleTime }),
  });
  return { query, progress };
}
