import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Doorkeeper } from '../admission/doorkeeper.ts';
import type { ListenerCertificate } from '../admission/listener-certificate.ts';
import { type Peer, peerOf } from '../admission/peer.ts';
import type { Refusals } from '../admission/refusals.ts';

export interface AgentsListenerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  certificate: ListenerCertificate;
  doorkeeper: Pick<Doorkeeper, 'objection' | 'hasRenewed'>;
  refusals: Refusals;
  now: () => number;
}

/** MQTT over TLS, for bearers of a certificate of ours. */
export interface AgentsListener {
  port: number;
  /** Whether the bearer at the other end may be this MQTT client. True for connections of other listeners. */
  admits(connection: unknown, client: string): Promise<boolean>;
  /** Closes the connections of these certificates. */
  drop(serials: readonly string[]): void;
  close(): void;
}

const HANDSHAKE_MS = 10_000;
const SWEEP_MS = 60_000;

/**
 * Listens for agents. Without a good certificate nothing is read from a connection; then, once the client has said its
 * name, whether the certificate is that client's and neither revoked nor strange. Rejects when the port can't be had.
 */
export async function listenForAgents(
  options: AgentsListenerOptions,
  handle: (socket: Socket) => void,
  onProblem: (problem: string) => void,
): Promise<AgentsListener> {
  const { certificate, doorkeeper, refusals, now } = options;
  const connected = new Map<TLSSocket, Peer>();
  const server = createServer({
    ...certificate.current(),
    requestCert: true,
    // Looked at below: whoever is not let in is to be told by name.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy());
    const peer = peerOf(socket);
    if ('fault' in peer) {
      refusals.note(socket.remoteAddress ?? '', peer.fault);
      socket.destroy();
      return;
    }
    connected.set(socket, peer);
    socket.once('close', () => connected.delete(socket));
    handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (error) => onProblem(error.message));
  const stopRenewing = certificate.onRenewed((pems) => server.setSecureContext({ ...pems, minVersion: 'TLSv1.2' }));
  const timer = setInterval(() => void endExpired(), SWEEP_MS);

  /** One whose certificate ended while it was connected goes, unless its agent has a newer one for next time. */
  async function endExpired(): Promise<void> {
    for (const [socket, peer] of connected) {
      if (peer.to > now()) continue;
      const hasRenewed = await doorkeeper.hasRenewed(peer.device).catch(() => true);
      if (hasRenewed) continue;
      refusals.note(`${peer.device} ${peer.address}`, 'expired-certificate');
      socket.destroy();
    }
  }

  return {
    port: (server.address() as { port: number }).port,
    async admits(connection, client) {
      const peer = connected.get(connection as TLSSocket);
      // Plain connections come by the loopback listener alone.
      if (!peer) return (connection as Partial<TLSSocket>).encrypted !== true;
      const reason = await doorkeeper.objection(peer, client);
      if (reason !== undefined) refusals.note(`${peer.device} ${peer.address}`, reason);
      return reason === undefined && connected.has(connection as TLSSocket);
    },
    drop(serials) {
      const gone = new Set(serials);
      for (const [socket, { serial }] of connected) if (gone.has(serial)) socket.destroy();
    },
    close() {
      clearInterval(timer);
      stopRenewing();
      server.close();
    },
  };
}
