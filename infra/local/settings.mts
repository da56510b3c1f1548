import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { giveUp } from './give-up.mts';
import type { Ports } from './parts.mts';
import { ROOT } from './root.mts';

/** How `npm start` is set: the variables that `README.md` beside this file lists. */
export interface Settings {
  port: number;
  ports: Ports;
  /** A folder, or 'memory', which keeps nothing. */
  dataDir: string;
}

/** Reads the environment, and what of `.env` is not in it. */
export function readSettings(): Settings {
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

/** A path the way a person in this folder would write it. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short || '.';
}

function portFrom(variable: string, usual: number): number {
  const port = Number(process.env[variable] || usual);
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : giveUp(`${variable} must be a port: a whole number from 1 to 65535`);
}
