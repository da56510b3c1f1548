import type { Problem } from '../problem';

export const JOB_STATUSES = ['RUNNING', 'DONE', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** In steps, whose size depends on the kind of job. `total` is 0 until the job knows it. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type JobParameters = Readonly<Record<string, string>>;

/** Long work that an admin requested, stored so that all tasks see it. There is one job per kind and parameters. */
export interface Job {
  readonly jobId: string;
  readonly kind: string;
  readonly parameters: JobParameters;
  readonly status: JobStatus;
  readonly progress: Progress;
  /** The run that may write to this job. A takeover starts a new run, and the writes of the old one fail. */
  readonly runId: string;
  /** Runs without an outcome, including the current one. */
  readonly attempts: number;
  /** When another task may take over a RUNNING job. Real time, in milliseconds; 0 if no task runs it. */
  readonly leaseUntil: number;
  /** Whether a client will come back for the result. If not, the job is deleted when it ends. */
  readonly isAwaited: boolean;
  /** How many items hold the result of a DONE job. */
  readonly resultChunks?: number;
  /** Why a job is FAILED. */
  readonly error?: Problem;
  /** Real time, in epoch seconds. */
  readonly expiresAt: number;
}

/** A job with the result of a DONE one. */
export interface JobReport extends Pick<Job, 'jobId' | 'status' | 'progress' | 'error'> {
  readonly result?: unknown;
}

export function isAbandoned({ status, leaseUntil }: Job, now: number): boolean {
  return status === 'RUNNING' && leaseUntil <= now;
}
