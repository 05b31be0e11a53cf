import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import { readPassword, readPem, type Server, type TlsFiles } from './server-files.ts';

/** A connection on its way, and the account to be given on it. */
export interface Dialled {
  socket: Socket;
  login: { username?: string; password?: Buffer };
}

/**
 * Dials the broker. What is written meanwhile waits; over TLS until the broker's certificate and name are proven, so that
 * no password goes to a stranger. Files are read anew each time: passwords and certificates change while we run.
 * @throws when a file cannot be read or is not what it should be.
 */
export function dial(server: Server): Dialled {
  const { user, passwordFile } = server;
  const login = {
    ...(user !== undefined && { username: user }),
    // Not as a text: texts are written out when the MQTT library is told to debug.
    ...(passwordFile !== undefined && { password: Buffer.from(readPassword(passwordFile)) }),
  };
  return { socket: openSocket(server), login };
}

function openSocket({ host, port, tls }: Server): Socket {
  if (!tls) return connectTcp({ host, port, noDelay: true });
  // Loaded by whom it serves: an agent that speaks in the clear is spared its memory.
  const { connect, getCACertificates } = process.getBuiltinModule('node:tls');
  const socket = connect({
    host,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    ...(tls.peer !== undefined && { checkServerIdentity: mustBe(tls.peer) }),
    ...pemsOf(tls),
    // Node knows only its own list by itself; a company's authority is in the system's.
    ...(tls.caFile === undefined && {
      ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])],
    }),
  });
  socket.setNoDelay(true);
  // A write on its way would put its own error in the place of why TLS failed.
  socket.cork();
  return socket.once('secureConnect', () => socket.uncork());
}

/** A gateway is known by its own certificate, whatever address the store's network gave it. */
const mustBe =
  (peer: string) =>
  (_host: string, { subject }: PeerCertificate): Error | undefined =>
    subject?.CN === peer ? undefined : new Error(`the certificate is not that of ${peer}`);

const pemsOf = ({ caFile, certFile, keyFile }: TlsFiles): { ca?: string; cert?: string; key?: string } => ({
  ...(caFile !== undefined && { ca: readPem(caFile) }),
  ...(certFile !== undefined && { cert: readPem(certFile) }),
  ...(keyFile !== undefined && { key: readPem(keyFile) }),
});
