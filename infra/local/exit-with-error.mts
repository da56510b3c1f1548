/** Says in one line why the program cannot go on. Whatever it started ends with it (see parent-watch.mts). */
export function exitWithError(message: string): never {
  console.error(message);
  process.exit(1);
}
