import { missingProof } from './second-factor';

const NOW = 1_800_000_000;

describe('an admin', () => {
  it.each([
    ['without a second factor needs nothing', { isActive: false, isRequired: false }, true, undefined],
    ['without a second factor needs one if all do', { isActive: false, isRequired: true }, false, 'SECOND_FACTOR'],
    [
      'whose second factor was removed needs one, even after a code',
      { isActive: false, isRequired: true, givenAt: NOW },
      false,
      'SECOND_FACTOR',
    ],
    ['in a session without a code needs one', { isActive: true, isRequired: false }, false, 'SECOND_FACTOR'],
    ['in a session with an old code needs nothing', { isActive: true, isRequired: true, givenAt: 1 }, false, undefined],
    [
      'needs a recent code for some requests',
      { isActive: true, isRequired: false, givenAt: NOW - 600 },
      true,
      'RECENT_CODE',
    ],
    ['has a recent code for ten minutes', { isActive: true, isRequired: false, givenAt: NOW - 599 }, true, undefined],
  ])('%s', (_, state, needsRecentCode, expected) => {
    expect(missingProof(state, needsRecentCode, NOW)).toBe(expected);
  });
});
