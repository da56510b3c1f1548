import { once } from 'node:events';

export default async function stopParts(): Promise<void> {
  const parts = globalThis.localParts;
  if (!parts || parts.exitCode !== null) return;
  parts.stdin?.end();
  await once(parts, 'exit');
}
