import { spawn } from 'node:child_process';
import { ROOT } from './root.mts';

const LEASH = new URL('./leash.mts', import.meta.url).href;
const TAIL = 2_000;

/** A program of ours that runs beside this one. */
export interface Leashed {
  /** Its exit code, once it has ended; 1 when a signal ended it. */
  readonly exited: Promise<number>;
  /** The end of what it printed; empty when it prints straight to the terminal. */
  tail(): string;
  /** Asks it to end, insists after `patience` milliseconds, and resolves when it has ended. */
  stop(patience?: number): Promise<void>;
}

/** Runs a Node program that cannot outlive this one, however this one ends. */
export function startLeashed(
  args: string[],
  { output, env = process.env }: { output: 'shown' | 'kept'; env?: NodeJS.ProcessEnv },
): Leashed {
  const stream = output === 'shown' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, ['--import', LEASH, ...args], {
    cwd: ROOT,
    env,
    stdio: ['pipe', stream, stream],
    // A group of its own: Ctrl-C then reaches only us, who know in which order to stop.
    detached: true,
  });

  let printed = '';
  const keep = (text: Buffer): void => void (printed = (printed + text.toString()).slice(-TAIL));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const killGroup = (): void => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  };

  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      printed += error.message;
      resolve(1);
    });
    child.once('exit', killGroup);
    // Later than 'exit': what it printed last has arrived.
    child.once('close', (code) => resolve(code ?? 1));
  });

  return {
    exited,
    tail: () => printed.trim(),
    async stop(patience = 5_000) {
      const insist = setTimeout(killGroup, patience);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(insist);
    },
  };
}
