import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server on the loopback interface; port 0 picks a free port. */
export async function listen<S extends Server>(server: S, port = 0): Promise<S> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Closes a server and its open connections. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
