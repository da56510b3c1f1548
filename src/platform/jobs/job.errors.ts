import { NotFound, Unavailable } from '../errors';

export class JobNotFound extends NotFound {
  static override readonly code = 'job.not_found';
  constructor(jobId: string) {
    super(`Job ${jobId} not found. Jobs are kept for 5 minutes after they end. Repeat the request that started it.`);
  }
}

/** The error of a job whose runs all crashed. */
export class JobInterrupted extends Unavailable {
  static override readonly code = 'job.interrupted';
  constructor() {
    super('This job was interrupted too often. Repeat the request to start it again.');
  }
}

/** Another run has taken over this job, or the job has ended. */
export class LeaseLost extends Error {
  constructor() {
    super('Another run has taken over this job, or the job has ended');
  }
}
