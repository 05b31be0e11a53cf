import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type DetailedPeerCertificate } from 'node:tls';
import type { PeerCertificate, TlsPeer, TlsQuestion } from '../outside/network.ts';

/** More than a chain has; a server may send a circle. */
const LONGEST_CHAIN = 10;

/** Shakes hands and hangs up. Nothing is trusted with anything, so an untrusted server is a finding and no error. */
export async function meet(
  host: string,
  port: number,
  signal: AbortSignal,
  { servername = host, caFile }: TlsQuestion = {},
): Promise<TlsPeer> {
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      rejectUnauthorized: false,
      // The name is judged below, beside the chain: here one finding would hide the other.
      checkServerIdentity: () => undefined,
      ...(isIP(servername) === 0 && { servername }),
      ...(ca !== undefined && { ca }),
    });
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('close', () => {
      signal.removeEventListener('abort', giveUp);
      reject(new Error('the server closed before the handshake was done'));
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const leaf = socket.getPeerCertificate(true);
      const error = socket.authorizationError as Error | string | undefined;
      resolve({
        protocol: socket.getProtocol() ?? '',
        chain: chainOf(leaf),
        ...(error && { chainError: String(typeof error === 'string' ? error : 'code' in error ? error.code : error) }),
        isForOtherName: checkServerIdentity(servername, leaf) !== undefined,
      });
      socket.destroy();
    });
  });
}

function chainOf(leaf: DetailedPeerCertificate): PeerCertificate[] {
  const chain: PeerCertificate[] = [];
  const seen = new Set<string>();
  for (
    let next: DetailedPeerCertificate | undefined = leaf;
    next?.raw && !seen.has(next.fingerprint256) && chain.length < LONGEST_CHAIN;
    next = next.issuerCertificate
  ) {
    seen.add(next.fingerprint256);
    chain.push(describeCertificate(new X509Certificate(next.raw)));
  }
  return chain;
}

/** The facts of a certificate that people read. */
export function describeCertificate(certificate: X509Certificate): PeerCertificate {
  return {
    subject: nameIn(certificate.subject),
    issuer: nameIn(certificate.issuer),
    serialNumber: certificate.serialNumber,
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}

/** The common name, or what stands in its place. */
const nameIn = (name: string): string => /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ');
