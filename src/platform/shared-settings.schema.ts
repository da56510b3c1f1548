import { declareTable } from './dynamo/table';

/** The items are few: what all tasks share, and the version of the data. */
export const settingsTable = declareTable('Settings', { name: { type: String, hashKey: true } });
