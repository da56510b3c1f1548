export { useDairy, useProfile } from '../api/queries.ts';
