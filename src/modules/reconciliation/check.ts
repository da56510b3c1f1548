import pLimit from 'p-limit';
import type { JobProgress } from '../../platform/jobs/job-progress';
import type { Notice } from './domain/notices';
import type { Violation } from './domain/violation';

/** The check of one kind of subject. */
export interface Check<S> {
  /** All subjects, page by page. Between reads that yield nothing yet, it checks whether the job must stop. */
  pages(progress: JobProgress): AsyncIterable<readonly S[]>;
  /** The current state of a subject. Undefined if it no longer exists. */
  reload(subject: S, progress: JobProgress): Promise<S | undefined>;
  /** The violations of each subject. Reads the data to compare it with. */
  violationsOf(subjects: readonly S[]): Promise<(readonly Violation[])[]>;
  /** Facts about the subjects that are not violations. */
  noticesOf?(subjects: readonly S[]): Promise<readonly Notice[]>;
}

const CONCURRENCY = 8;

export function mapLimited<S, T>(subjects: readonly S[], work: (subject: S) => Promise<T>): Promise<T[]> {
  return pLimit(CONCURRENCY).map(subjects, work);
}
