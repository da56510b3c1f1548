/** Some kernels measure the CPU time of a thread in steps of ten milliseconds. */
const CALIBRATIONS = 50;

/**
 * The longest task of the event loop while `work` runs: CPU milliseconds of this thread in one turn of the loop. CPU time,
 * because on a busy machine the clock also measures other processes.
 */
export async function longestTaskOf(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isRunning = true;
  let last = process.threadCpuUsage();
  const turn = () => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, millisecondsBetween(last, now));
    last = process.threadCpuUsage();
    if (isRunning) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    isRunning = false;
  }
  return longest;
}

/**
 * How long this machine takes, at the moment, for work of one millisecond: on the machine where the limit was chosen, in
 * CPU milliseconds. It is the same kind of work as that of requests: objects, text and JSON.
 */
export function calibratedMillisecond(): number {
  const start = process.threadCpuUsage();
  for (let time = 0; time < CALIBRATIONS; time++) workOfOneMillisecond();
  return millisecondsBetween(start, process.threadCpuUsage()) / CALIBRATIONS;
}

function workOfOneMillisecond(): number {
  const lines = Array.from({ length: 1_100 }, (_, index) => ({
    productId: `P${index}`,
    name: `Product ${index}`,
    date: new Date(index * 86_400_000).toISOString().slice(0, 10),
    lineTotal: index * 3,
  }));
  const parsed = JSON.parse(JSON.stringify(lines)) as typeof lines;
  return new Map(parsed.map((line) => [line.productId, line.lineTotal])).size;
}

function millisecondsBetween(start: NodeJS.CpuUsage, end: NodeJS.CpuUsage): number {
  return (end.user - start.user + end.system - start.system) / 1_000;
}
