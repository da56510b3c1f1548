import { Pending } from '../pending';
import type { Job } from './job';

const RETRY_AFTER_SECONDS = 5;

/** The response to a request whose job takes longer than the request waits: 202 with the location of the job. */
export class PendingJob extends Pending<Pick<Job, 'jobId' | 'status' | 'progress'> & { readonly message: string }> {
  constructor({ jobId, status, progress }: Pick<Job, 'jobId' | 'status' | 'progress'>) {
    const location = `/admin/job/${jobId}`;
    const message = `The result is not ready yet. Repeat the request in ${RETRY_AFTER_SECONDS} seconds, or send GET ${location}.`;
    super({ jobId, status, progress, message }, RETRY_AFTER_SECONDS, location);
  }
}
