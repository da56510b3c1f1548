import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { RequestOutcome } from './fault-proxy';
import type { TestApp } from '../test-app';

/** Whether the last write reaches the database. */
export type CrashMode = Extract<RequestOutcome, 'response-lost' | 'request-lost'>;

/**
 * Makes the program in process look killed to its database: one write is lost, or its response is, and the program sends
 * nothing afterwards. Then stop the program, and start another one on its tables.
 */
export class CrashInjector {
  private writesLeft = Infinity;
  private mode: CrashMode = 'request-lost';
  hasCrashed = false;

  static install(app: TestApp): CrashInjector {
    const injector = new CrashInjector();
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (injector.hasCrashed) throw new ProcessCrashed();
          if (!isWrite(commandName) || --injector.writesLeft > 0) return next(args);
          injector.hasCrashed = true;
          if (injector.mode === 'response-lost') await next(args);
          throw new ProcessCrashed();
        },
      { step: 'initialize', name: 'crash-injector' },
    );
    return injector;
  }

  /** Crashes at the nth write from now, counted from 1. */
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
    super('The process has crashed');
  }
}

function isWrite(command: string): boolean {
  return /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(command);
}
