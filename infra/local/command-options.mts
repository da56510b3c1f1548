import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { exitWithError } from './exit-with-error.mts';

/** Parses the options of a command. Ends the program with an error message if one is unknown or lacks its value. */
export function parseOptions<T extends ParseArgsOptionsConfig>(options: T) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const names = Object.entries(options).map(([name, { type }]) => `--${name}${type === 'string' ? ' …' : ''}`);
    return exitWithError(`${(error as Error).message.split('. ', 1)[0]}. The options are ${names.join(', ')}.`);
  }
}

/** The number of an option. Ends the program with an error message if it is not a whole number of at least `min`. */
export function wholeNumber(option: string, text: string, min = 1): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= min) return number;
  return exitWithError(`--${option} must be a whole number of at least ${min}.`);
}
