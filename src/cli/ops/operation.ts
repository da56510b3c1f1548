import type { INestApplicationContext } from '@nestjs/common';
import { DomainError } from '../../platform/errors';
import { StartRefused } from '../../platform/start-refused';

/** What an operation uses, and where it prints its lines. */
export interface OperationContext {
  readonly app: Pick<INestApplicationContext, 'get'>;
  readonly print: (line: string) => void;
}

/** An operation that was not started. The message says what to change. */
export class OperationRefused extends StartRefused {}

/** What to tell the operator about an error of the program, of AWS, or of the way there. Undefined for any other error. */
export function refusalOf(error: unknown): OperationRefused | undefined {
  if (error instanceof DomainError) return new OperationRefused(error.message);
  const { name, message, code, address, port, $metadata } = (error ?? {}) as AwsError;
  if (code === 'ECONNREFUSED') {
    return new OperationRefused(
      `Nothing answers at ${address}:${port}. With emulators, set the endpoints that npm start prints.`,
    );
  }
  return $metadata && new OperationRefused(`AWS refused it: ${name}: ${message}.`);
}

interface AwsError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly $metadata?: object;
}

/** `3 messages`, `1 message`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** An age in the largest unit that it fills: `3 d`, `5 h`, `12 min`, `40 s`. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [unit, length] = AGE_UNITS.find(([, unitSeconds]) => seconds >= unitSeconds) ?? ['s', 1];
  return `${Math.floor(seconds / length)} ${unit}`;
}

const AGE_UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** The lines of a list with each different text once, after its number, the most frequent first. */
export function countedLines(texts: readonly string[]): string[] {
  const groups = [...Map.groupBy(texts, (text) => text)].map(([text, { length }]) => ({ text, count: length }));
  groups.sort((one, other) => other.count - one.count || one.text.localeCompare(other.text));
  return groups.map(({ text, count }) => `${String(count).padStart(6)}  ${text}`);
}
