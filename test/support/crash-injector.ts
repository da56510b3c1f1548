import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { RequestOutcome } from './fault-proxy';
import type { TestApp } from './test-app';

export type CrashMode = Exclude<RequestOutcome, 'answered'>;

/**
 * Lets the program in process die as a killed process does, as far as its database can tell: at a certain write, which
 * is lost or done unheard, and from then on it asks and writes nothing. Then stop it, and start another on its tables.
 */
export class CrashInjector {
  private writesLeft = Infinity;
  private mode: CrashMode = 'lost';
  hasCrashed = false;

  static install(app: TestApp): CrashInjector {
    const injector = new CrashInjector();
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (injector.hasCrashed) throw new ProcessCrashed();
          if (!isWrite(commandName) || --injector.writesLeft > 0) return next(args);
          injector.hasCrashed = true;
          if (injector.mode === 'unheard') await next(args);
          throw new ProcessCrashed();
        },
      { step: 'initialize', name: 'mortal' },
    );
    return injector;
  }

  /** Dies at the write so many from now, from 1. */
  crashAt(write: number, mode: CrashMode): void {
    this.writesLeft = write;
    this.mode = mode;
  }

  disarm(): void {
    this.writesLeft = Infinity;
  }
}

class ProcessCrashed extends Error {
  constructor() {
    super('The process is dead');
  }
}

function isWrite(command: string): boolean {
  return /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(command);
}
