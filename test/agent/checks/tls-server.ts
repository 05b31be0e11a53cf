import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';

export interface Pair {
  cert: string;
  key: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority made by openssl in a folder, and what it signs: for a name, for so many days, of which none may be left. */
export function createAuthority(
  folder: string,
  name: string,
): { caFile: string; sign(host: string, days: number): Pair } {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const file = (end: string) => join(folder, `${name}.${end}`);
  const caFile = file('pem');
  openssl('req', '-x509', ...NEW_KEY, '-days', '400', '-subj', `/CN=${name}`, '-keyout', file('key'), '-out', caFile);
  return {
    caFile,
    sign(host, days) {
      const [cert, key] = [file(`${host}.${days}.crt`), file(`${host}.${days}.key`)];
      openssl('req', ...NEW_KEY, '-subj', `/CN=${host}`, '-keyout', key, '-out', file('csr'));
      writeFileSync(file('ext'), `subjectAltName=DNS:${host}\n`);
      const signed = ['-CA', caFile, '-CAkey', file('key'), '-days', String(days), '-extfile', file('ext')];
      openssl('x509', '-req', '-in', file('csr'), ...signed, '-out', cert);
      return { cert, key };
    },
  };
}

/** A TLS server on loopback that shakes hands and says nothing. */
export async function startTlsServer({
  cert,
  key,
}: Pair): Promise<{ port: number; heard: () => number; close(): Promise<void> }> {
  let bytes = 0;
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (socket) => {
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => bytes,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
