// The attributes in which a row keeps the times of its last attempts, and the expressions that move them.

export const OLDEST_SLOT = 'at0';
/** The value of a slot without an attempt. */
export const NEVER = { ':never': 0 };

/** The attributes of a row: the times of its last attempts, oldest first; 0 where there was none. */
export function slotsOf({ maxAttempts }: { readonly maxAttempts: number }): string[] {
  return Array.from({ length: maxAttempts }, (_, slot) => `at${slot}`);
}

/** Moves the time of every slot into the one before it; the oldest is dropped. */
export function shiftDown(slots: readonly string[]): string[] {
  return slots.slice(1).map((slot, index) => moveTime(slot, slots[index]));
}

/** Moves the times before a slot one slot up, the last of them over the time of that slot. */
export function shiftUpInto(slot: number, slots: readonly string[]): string[] {
  const moves = slots.slice(1, slot + 1).map((target, index) => moveTime(slots[index], target));
  return [...moves, `${OLDEST_SLOT} = :never`];
}

function moveTime(from: string | undefined, to: string | undefined): string {
  return `${to} = if_not_exists(${from}, :never)`;
}

/** All assignments read the row as it was before the update, so their order does not matter. */
export function setExpression(...assignments: readonly string[]): string {
  return `SET ${assignments.join(', ')}`;
}
