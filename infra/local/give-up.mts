/** Says in one line why the program cannot go on. Whatever it started ends with it (see leash.mts). */
export function giveUp(why: string): never {
  console.error(why);
  process.exit(1);
}
