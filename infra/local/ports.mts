import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { exitWithError } from './exit-with-error.mts';

/** Ends the program with one line when somebody else listens on the port. */
export async function assertPortFree(port: number, purpose: string, variable: string): Promise<void> {
  if (await isFree(port)) return;
  exitWithError(
    `Port ${port}, for ${purpose}, is in use. Stop what uses it, or choose another: ${variable}=${port + 100}`,
  );
}

const assignedPorts = new Set<number>();

/** A port below those that the system hands out to outgoing connections, which could take it before its owner does. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (assignedPorts.has(port)) continue;
    assignedPorts.add(port);
    if (await isFree(port)) return port;
  }
}

/** Whether nobody listens: neither on this address alone nor, as some emulators do, on all of them. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port));
}

async function canListen(port: number, host?: string): Promise<boolean> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
