import { declareTable } from '../../../platform/dynamo/table';

/** The sandbox gateway's own books. */
export const sandboxTable = declareTable('SandboxCharges', { paymentId: { type: String, hashKey: true } });
