import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Fate } from './fateful-proxy';
import type { TestApp } from './app';

export type Death = Exclude<Fate, 'answered'>;

/**
 * Lets the program in process die as a killed process does, as far as its database can tell: at a certain write, which
 * is lost or done unheard, and from then on it asks and writes nothing. Then stop it, and start another on its tables.
 */
export class Mortal {
  private left = Infinity;
  private death: Death = 'lost';
  isDead = false;

  static of(app: TestApp): Mortal {
    const mortal = new Mortal();
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (mortal.isDead) throw new Dead();
          if (!isWrite(commandName) || --mortal.left > 0) return next(args);
          mortal.isDead = true;
          if (mortal.death === 'unheard') await next(args);
          throw new Dead();
        },
      { step: 'initialize', name: 'mortal' },
    );
    return mortal;
  }

  /** Dies at the write so many from now, from 1. */
  dieAt(write: number, death: Death): void {
    this.left = write;
    this.death = death;
  }

  live(): void {
    this.left = Infinity;
  }
}

class Dead extends Error {
  constructor() {
    super('The process is dead');
  }
}

function isWrite(command: string): boolean {
  return /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(command);
}
