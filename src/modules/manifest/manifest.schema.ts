import { declareTable } from '../../platform/dynamo/table';

/** The last number of each courier's manifest for a date, and what it contains. */
export const manifestTable = declareTable(
  'Manifests',
  {
    courierId: { type: String, hashKey: true },
    date: { type: String, rangeKey: true },
    number: Number,
    issuedAt: String,
    plan: Array,
    amendments: Array,
  },
  { expires: true },
);

/** The dates whose orders have been generated. */
export const manifestDateTable = declareTable(
  'ManifestDates',
  { date: { type: String, hashKey: true }, generatedAt: String },
  { expires: true },
);
