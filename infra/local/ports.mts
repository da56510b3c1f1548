import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { exitWithError } from './exit-with-error.mts';

/** Ends the program with an error if the port is in use. */
export async function assertPortFree(port: number, purpose: string, variable: string): Promise<void> {
  if (await isFree(port)) return;
  exitWithError(
    `Port ${port} (${purpose}) is in use. Stop the program that uses it, or choose another port: ${variable}=${port + 100}`,
  );
}

const assignedPorts = new Set<number>();

/** A free port below the ephemeral range, because the system may assign an ephemeral port to an outgoing connection. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (assignedPorts.has(port)) continue;
    assignedPorts.add(port);
    if (await isFree(port)) return port;
  }
}

/** Checks 127.0.0.1 and all interfaces, because some emulators listen on all. */
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
