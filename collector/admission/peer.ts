import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { AdmissionReason } from '../../protocol/enrolment.ts';
import { parseCommonName } from '../../protocol/enrolment.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { fingerprintOf } from './x509.ts';

/** Who is at the other end of a TLS connection: a bearer of a certificate of our authority. */
export interface Peer {
  device: DeviceKey;
  /** Hex, lower case. */
  serial: string;
  /** SHA-256 of its public key, hex. */
  key: string;
  /** Validity, milliseconds since 1970. */
  from: number;
  to: number;
  pem: string;
  address: string;
}

/** The bearer of the certificate shown, or why there is none. Dates are not looked at here: they pass while one is connected. */
export function peerOf(socket: TLSSocket): Peer | { fault: AdmissionReason } {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { fault: 'no-certificate' };
  const error = socket.authorizationError as unknown as string | null;
  // One that ended is still one of ours: who it was is worth telling.
  if (!socket.authorized && error !== 'CERT_HAS_EXPIRED') return { fault: 'foreign-certificate' };
  return bearerOf(certificate, socket.remoteAddress ?? '');
}

export function bearerOf(certificate: X509Certificate, address: string): Peer | { fault: AdmissionReason } {
  const name = parseCommonName(/^CN=(.+)$/.exec(certificate.subject)?.[1] ?? '');
  if (!name) return { fault: 'foreign-certificate' };
  return {
    device: `${name.chain}/${name.store}/${name.device}`,
    serial: certificate.serialNumber.toLowerCase(),
    key: fingerprintOf(certificate.publicKey).toString('hex'),
    from: Date.parse(certificate.validFrom),
    to: Date.parse(certificate.validTo),
    pem: certificate.toString(),
    address,
  };
}
