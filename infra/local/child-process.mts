import { spawn } from 'node:child_process';
import { ROOT } from './root.mts';

const PARENT_WATCH = new URL('./parent-watch.mts', import.meta.url).href;
const TAIL_LENGTH = 2_000;

export interface ChildProcess {
  /** Resolves with the exit code; 137 if a signal ended the process. */
  readonly exited: Promise<number>;
  /** The last part of the output; empty if it goes to the terminal. */
  tail(): string;
  /** Sends SIGTERM, then SIGKILL after `timeout` milliseconds, and resolves when the process has exited. */
  stop(timeout?: number): Promise<void>;
}

/** Starts a Node program that exits when this process ends, even by SIGKILL. */
export function startChildProcess(
  args: string[],
  { output, env = process.env }: { output: 'shown' | 'kept'; env?: NodeJS.ProcessEnv },
): ChildProcess {
  const stream = output === 'shown' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, ['--import', PARENT_WATCH, ...args], {
    cwd: ROOT,
    env,
    stdio: ['pipe', stream, stream],
    // A separate process group, so that Ctrl-C reaches only this process, which stops its children in order.
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
      // The group has no processes left.
    }
  };

  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      outputTail += error.message;
      resolve(1);
    });
    child.once('exit', killGroup);
    // 'close' comes after 'exit', when all output has arrived.
    child.once('close', (code) => resolve(code ?? 137));
  });

  return {
    exited,
    tail: () => outputTail.trim(),
    async stop(timeout = 5_000) {
      const killTimer = setTimeout(killGroup, timeout);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(killTimer);
    },
  };
}
