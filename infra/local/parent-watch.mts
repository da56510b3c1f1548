// Preloaded (`node --import`) into every program that Milkround starts locally. The other end of its stdin is in the
// hands of whoever started it; however that one dies, kill -9 included, the pipe closes and this program ends too.
import { isMainThread } from 'node:worker_threads';

const KILL_DELAY = 10_000;

// A worker thread inherits the preload, but not the pipe.
if (isMainThread) {
  let told = false;
  const leave = (): void => {
    if (told) return;
    told = true;
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), KILL_DELAY).unref();
  };
  for (const sign of ['end', 'close', 'error']) process.stdin.once(sign, leave);
  process.stdin.resume().unref();
}
