/** Prints an error and exits with code 1. Child processes exit too (see parent-watch.mts). */
export function exitWithError(message: string): never {
  console.error(message);
  process.exit(1);
}
