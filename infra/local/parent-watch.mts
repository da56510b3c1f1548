// Preloaded (`node --import`) into every program that Milkround starts locally. The parent process holds the other end of
// stdin. When the parent exits, even by SIGKILL, the pipe closes and this program ends too.
import { isMainThread } from 'node:worker_threads';

const KILL_DELAY = 10_000;

// A worker thread inherits the preload, but not the pipe.
if (isMainThread) {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), KILL_DELAY).unref();
  };
  for (const event of ['end', 'close', 'error']) process.stdin.once(event, stop);
  process.stdin.resume().unref();
}
