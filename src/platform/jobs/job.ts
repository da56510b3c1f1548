import type { Problem } from '../problem';

export const JOB_STATUSES = ['RUNNING', 'DONE', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** In steps, whose size depends on the kind of job. `total` is 0 until the job knows it. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type JobParameters = Readonly<Record<string, string>>;

/** Long work that was asked for, as every task sees it. There is one job per kind and parameters. */
export interface Job {
  readonly jobId: string;
  readonly kind: string;
  readonly parameters: JobParameters;
  readonly status: JobStatus;
  readonly progress: Progress;
  /** The run that may write to this job. A takeover starts a new run, and the writes of the old one fail. */
  readonly runId: string;
  /** Runs that did not finish, the current one included. */
  readonly attempts: number;
  /** From here on another task may take over a RUNNING job. Real time, in milliseconds; 0 when no task runs it. */
  readonly leaseUntil: number;
  /** Whether a client comes back for the result. If not, the job is deleted when it ends. */
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
