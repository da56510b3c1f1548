import { declareTable } from '../../../platform/dynamo/table';

/** The charges that the sandbox gateway has recorded. */
export const sandboxTable = declareTable('SandboxCharges', { paymentId: { type: String, hashKey: true } });
