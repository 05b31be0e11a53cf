import { connect, createServer, type Server, type Socket } from 'node:net';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';

const MOST_CONNECTIONS = 64;
const CONNECT_TIMEOUT_MS = 10_000;
/** A download that stands still this long has died. */
const IDLE_MS = 120_000;

export interface RelayOptions {
  host: string;
  port: number;
  to: { host: string; port: number };
  log: Log;
}

/**
 * Passes connections on to one place, byte by byte: TLS is between the device and the server, and nothing here can read
 * it. Rejects with the system's error when the port cannot be had.
 */
export async function startRelay({ host, port, to, log }: RelayOptions): Promise<{ port: number; close(): void }> {
  const open = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ host: to.host, port: to.port, allowHalfOpen: true, noDelay: true });
    const end = () => {
      near.destroy();
      far.destroy();
    };
    far.setTimeout(CONNECT_TIMEOUT_MS, end);
    far.once('connect', () => far.setTimeout(IDLE_MS, end));
    far.once('error', (error) => {
      log('warn', 'the relay cannot reach the server', {
        server: `${to.host}:${to.port}`,
        error: describeError(error),
      });
    });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', end);
      socket.once('close', () => {
        open.delete(socket);
        end();
      });
    }
    near.pipe(far);
    far.pipe(near);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (error) => log('warn', 'the relay', { error: describeError(error) }));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
