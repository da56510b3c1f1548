import { once } from 'node:events';

export default async function stopEmulators(): Promise<void> {
  const emulators = globalThis.localEmulators;
  // A process ended by a signal has no exit code.
  if (!emulators || emulators.exitCode !== null || emulators.signalCode !== null) return;
  emulators.stdin?.end();
  await once(emulators, 'exit');
}
