import { once } from 'node:events';

export default async function stopParts(): Promise<void> {
  const parts = globalThis.localParts;
  // A process that a signal has ended has no exit code.
  if (!parts || parts.exitCode !== null || parts.signalCode !== null) return;
  parts.stdin?.end();
  await once(parts, 'exit');
}
