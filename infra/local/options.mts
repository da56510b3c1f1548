import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import type { Ports } from './emulators.mts';
import { exitWithError } from './exit-with-error.mts';
import { LISTEN_HOST } from './host.mts';
import { ROOT } from './root.mts';

/** The options of `npm start`, from the variables in README.md in this folder. */
export interface Options {
  port: number;
  ports: Ports;
  /** A folder, or 'memory' to keep nothing on disk. */
  dataDir: string;
}

const DEFAULT_PORTS = {
  PORT: 3000,
  LOCAL_DYNAMODB_PORT: 8000,
  LOCAL_AWS_PORT: 4566,
  LOCAL_SES_PORT: 8005,
  LOCAL_SMS_PORT: 8006,
  LOCAL_EVENTS_PORT: 8007,
};
type PortVariable = keyof typeof DEFAULT_PORTS;

/** Reads the environment and `.env`. The environment takes precedence. Ends the program if a value is invalid. */
export function readOptions(): Options {
  loadEnvFile();
  const dataDir = process.env.LOCAL_DATA_DIR || '.local';
  const options = {
    port: portOf('PORT'),
    ports: {
      dynamodb: portOf('LOCAL_DYNAMODB_PORT'),
      aws: portOf('LOCAL_AWS_PORT'),
      ses: portOf('LOCAL_SES_PORT'),
      sms: portOf('LOCAL_SMS_PORT'),
      events: portOf('LOCAL_EVENTS_PORT'),
    },
    dataDir: dataDir === 'memory' ? dataDir : resolve(ROOT, dataDir),
  };
  const problems = [...portProblems(), ...hostProblems(), ...folderProblems(options.dataDir)];
  if (problems.length > 0) exitWithError(`Invalid configuration: ${problems.join('; ')}. See infra/local/README.md.`);
  return options;
}

function loadEnvFile(): void {
  const file = join(ROOT, '.env');
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    exitWithError(`.env cannot be read (${reason}). Make it a readable file, or remove it.`);
  }
}

/** A path relative to the current folder, or absolute if it is outside. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short || '.';
}

function portOf(variable: PortVariable): number {
  return Number(process.env[variable] || DEFAULT_PORTS[variable]);
}

function portProblems(): string[] {
  const variables = Object.keys(DEFAULT_PORTS) as PortVariable[];
  return variables.flatMap((variable, index) => {
    const port = portOf(variable);
    const isPort = Number.isInteger(port) && port > 0 && port < 65_536;
    if (!isPort) return [`${variable} must be a port number from 1 to 65535`];
    const other = variables.slice(0, index).find((earlier) => portOf(earlier) === port);
    return other ? [`${other} and ${variable} must differ, but both are ${port}`] : [];
  });
}

function hostProblems(): string[] {
  return isIP(LISTEN_HOST) ? [] : ['LOCAL_HOST must be an IP address such as 127.0.0.1'];
}

/** The folder itself may be missing; its closest existing parent may not be a file. */
function folderProblems(dataDir: string): string[] {
  if (dataDir === 'memory') return [];
  let existing = dataDir;
  while (!existsSync(existing)) existing = dirname(existing);
  return statSync(existing).isDirectory() && isWritable(existing)
    ? []
    : [`LOCAL_DATA_DIR must be a folder that can be written, but ${displayPath(existing)} is not`];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
