import { spawn } from 'node:child_process';
import { ROOT } from './root.mts';

const PARENT_WATCH = new URL('./parent-watch.mts', import.meta.url).href;
const TAIL_LENGTH = 2_000;

/** A program of ours that runs beside this one. */
export interface ChildProcess {
  /** Its exit code, once it has ended; 1 when a signal ended it. */
  readonly exited: Promise<number>;
  /** The end of what it printed; empty when it prints straight to the terminal. */
  tail(): string;
  /** Asks it to end, insists after `patience` milliseconds, and resolves when it has ended. */
  stop(patience?: number): Promise<void>;
}

/** Runs a Node program that cannot outlive this one, however this one ends. */
export function startChildProcess(
  args: string[],
  { output, env = process.env }: { output: 'shown' | 'kept'; env?: NodeJS.ProcessEnv },
): ChildProcess {
  const stream = output === 'shown' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, ['--import', PARENT_WATCH, ...args], {
    cwd: ROOT,
    env,
    stdio: ['pipe', stream, stream],
    // A group of its own: Ctrl-C then reaches only us, who know in which order to stop.
    detached: true,
  });

  let outputTail = '';
  const appendOutput = (text: Buffer): void => void (outputTail = (outputTail + text.toString()).slice(-TAIL_LENGTH));
  child.stdout?.on('data', appendOutput);
  child.stderr?.on('data', appendOutput);

  const killGroup = (): void => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody is left in it.
    }
  };

  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      outputTail += error.message;
      resolve(1);
    });
    child.once('exit', killGroup);
    // Later than 'exit': what it printed last has arrived.
    child.once('close', (code) => resolve(code ?? 1));
  });

  return {
    exited,
    tail: () => outputTail.trim(),
    async stop(patience = 5_000) {
      const killTimer = setTimeout(killGroup, patience);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(killTimer);
    },
  };
}
