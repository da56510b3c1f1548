import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Ports } from './emulators.mts';
import { exitWithError } from './exit-with-error.mts';
import { ROOT } from './root.mts';

/** The options of `npm start`, from the variables in README.md in this folder. */
export interface Options {
  port: number;
  ports: Ports;
  /** A folder, or 'memory' to keep nothing on disk. */
  dataDir: string;
}

/** Reads the environment and `.env`. The environment takes precedence. */
export function readOptions(): Options {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  const dataDir = process.env.LOCAL_DATA_DIR || '.local';
  return {
    port: portFrom('PORT', 3000),
    ports: {
      dynamodb: portFrom('LOCAL_DYNAMODB_PORT', 8000),
      aws: portFrom('LOCAL_AWS_PORT', 4566),
      ses: portFrom('LOCAL_SES_PORT', 8005),
      sms: portFrom('LOCAL_SMS_PORT', 8006),
    },
    dataDir: dataDir === 'memory' ? dataDir : resolve(ROOT, dataDir),
  };
}

/** A path relative to the current folder, or absolute if it is outside. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short || '.';
}

function portFrom(variable: string, fallback: number): number {
  const port = Number(process.env[variable] || fallback);
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : exitWithError(`${variable} must be a port number from 1 to 65535.`);
}
