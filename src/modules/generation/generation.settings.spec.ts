import { Configuration } from '../../platform/config/configuration';
import type { Environment } from '../../platform/config/env-reader';
import { GENERATION_SETTINGS } from './generation.settings';

const shardsWith = (environment: Environment) =>
  Configuration.read({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000', ...environment }).get(GENERATION_SETTINGS).shards;

describe('the number of shards of a run', () => {
  it('is that of the partitions by default, and a multiple of it otherwise', () => {
    expect(shardsWith({})).toBe(8);
    expect(shardsWith({ GENERATION_SHARDS: '24' })).toBe(24);
    expect(shardsWith({ GENERATION_SHARDS: '128' })).toBe(128);
  });

  it.each(['0', '4', '12', '136', 'many'])('is not %s', (GENERATION_SHARDS) => {
    expect(() => shardsWith({ GENERATION_SHARDS })).toThrow('GENERATION_SHARDS must be a multiple of 8 from 8 to 128');
  });
});
