// Runs DynamoDB Local. The Node wrapper exists because Java does not exit when its stdin closes (see parent-watch.mts).
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureJava } from './java.mts';

const [port = '', folder] = process.argv.slice(2);
const emulatorFolder = dirname(
  fileURLToPath(import.meta.resolve('amplify-dynamodb-simulator/emulator/DynamoDBLocal.jar')),
);

if (folder) mkdirSync(folder, { recursive: true });

const database = spawn(
  ensureJava(),
  [
    // Starts 25 % faster than with the default garbage collector.
    '-XX:+UseSerialGC',
    '-Djava.library.path=./DynamoDBLocal_lib',
    ...['-jar', 'DynamoDBLocal.jar', '-port', port, '-disableTelemetry'],
    // In memory each access key has a database of its own, which tests use.
    ...(folder ? ['-sharedDb', '-dbPath', folder] : ['-inMemory']),
  ],
  { cwd: emulatorFolder, stdio: ['ignore', 'inherit', 'inherit'] },
);

process.on('SIGTERM', () => database.kill());
database.on('exit', (code) => process.exit(code ?? 1));
