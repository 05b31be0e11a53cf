import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ExternalBrokerOptions } from './external-broker-options.ts';

/**
 * Dials the broker; `onReady` is called when words may be said, over TLS only once the broker's certificate is proven.
 * The files are read anew each time: certificates are renewed while we run.
 * @throws when a file cannot be read or is no certificate.
 */
export function openSocket(options: ExternalBrokerOptions, onReady: () => void): Socket {
  const url = new URL(options.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol === 'mqtt:') {
    return connectTcp({ host, port: Number(url.port || 1883), noDelay: true }).once('connect', onReady);
  }
  const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
  const socket = connectTls({
    host,
    port: Number(url.port || 8883),
    ...(isIP(host) === 0 && { servername: host }),
    ca: read(options.ca),
    cert: read(options.cert),
    key: read(options.key),
  });
  return socket.setNoDelay(true).once('secureConnect', onReady);
}
