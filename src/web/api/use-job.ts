import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, type Schemas } from './client.ts';
import { ApiError } from './problem.ts';

type Pending = Schemas['PendingResponse'];
type Progress = Pending['progress'];

const POLL_MILLISECONDS = 2_000;

/**
 * Runs a request that may be answered with a background job, and follows the job until its result is there. Nothing
 * runs before `run` is called. The last result stays until the next.
 */
export function useJob<T extends object>(queryKey: QueryKey, request: (signal: AbortSignal) => Promise<T | Pending>) {
  const [progress, setProgress] = useState<Progress>();
  const { data, error, isFetching, dataUpdatedAt, refetch } = useQuery({
    queryKey,
    enabled: false,
    queryFn: async ({ signal }) => {
      setProgress(undefined);
      const answer = await request(signal);
      return isPending(answer) ? resultOf<T>(answer, signal, setProgress) : answer;
    },
  });
  return {
    result: data,
    resultAt: data === undefined ? undefined : new Date(dataUpdatedAt).toISOString(),
    error: isFetching ? undefined : error,
    isRunning: isFetching,
    progress: isFetching ? progress : undefined,
    run: () => void refetch(),
  };
}

export function isPending(answer: object): answer is Pending {
  return 'jobId' in answer && 'progress' in answer;
}

async function resultOf<T>(
  { jobId, progress }: Pending,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<T> {
  onProgress(progress);
  for (;;) {
    await pause(POLL_MILLISECONDS, signal);
    const job = await bodyOf(api.GET('/admin/job/{jobId}', { params: { path: { jobId } }, signal }));
    onProgress(job.progress);
    if (job.status === 'DONE') return job.result as T;
    if (job.status === 'FAILED') throw new ApiError(500, job.error?.code ?? 'job.failed', job.error?.detail ?? '');
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new DOMException('The page was left', 'AbortError'));
    if (signal.aborted) return stop();
    setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
