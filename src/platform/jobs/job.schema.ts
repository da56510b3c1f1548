import { declareTable } from '../dynamo/table';

/** The sort key of the job itself; the items of its result are `result#<runId>#<number>`. */
export const JOB_PART = 'job';

export const jobTable = declareTable(
  'Jobs',
  { jobId: { type: String, hashKey: true }, part: { type: String, rangeKey: true } },
  { expires: true },
);
