import type { PeerCertificate } from 'node:tls';
import { DOOR_NAME } from '../../protocol/enrolment.ts';

/**
 * Whether this certificate of Vigie's authority is a server's: by the host it was called by, or else, as behind a
 * gateway's relay, by the name all its doors bear. TLS has proven the authority before.
 */
export function proveDoor(host: string, certificate: PeerCertificate): Error | undefined {
  const { checkServerIdentity } = process.getBuiltinModule('node:tls');
  return checkServerIdentity(host, certificate) && checkServerIdentity(DOOR_NAME, certificate);
}
