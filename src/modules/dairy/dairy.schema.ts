import { declareTable } from '../../platform/dynamo/table';

/** Has one row. */
export const dairyTable = declareTable('Dairy', {
  id: { type: String, hashKey: true },
  name: String,
  address: String,
  email: String,
  phone: String,
  taxId: String,
  logo: String,
  language: String,
  version: Number,
});
