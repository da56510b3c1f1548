/** Seconds for which a code allows what needs a recent one. */
const RECENT_SECONDS = 600;

/** What is known about the second factor of an admin and their session. */
export interface SecondFactorState {
  /** Whether the admin has a second factor. */
  readonly isActive: boolean;
  /** Whether every admin needs one. */
  readonly isRequired: boolean;
  /** When a code was last given in the session; epoch seconds, real time. */
  readonly givenAt?: number;
}

/** What an admin still has to do: give a code in this session, or set up a second factor; or give a code again. */
export type MissingProof = 'SECOND_FACTOR' | 'RECENT_CODE';

export function missingProof(
  { isActive, isRequired, givenAt }: SecondFactorState,
  needsRecentCode: boolean,
  nowInSeconds: number,
): MissingProof | undefined {
  if (!isActive) return isRequired ? 'SECOND_FACTOR' : undefined;
  if (givenAt === undefined) return 'SECOND_FACTOR';
  return needsRecentCode && nowInSeconds >= givenAt + RECENT_SECONDS ? 'RECENT_CODE' : undefined;
}
