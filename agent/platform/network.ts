import { connect } from 'node:net';
import type { NetworkOutside } from '../outside/network.ts';

/** The real network, for one run of one check. What few checks ask for is loaded when one does. */
export function createNetwork(signal: AbortSignal): NetworkOutside {
  return {
    connect: (server, port) => openAndClose(server, port, signal),
    exchange: async (server, port, exchange) => (await import('./exchange.ts')).overTcp(server, port, exchange, signal),
    exchangeFile: async (path, exchange) => (await import('./exchange-file.ts')).overFile(path, exchange, signal),
    tlsPeer: async (server, port, question) => (await import('./tls-peer.ts')).meet(server, port, signal, question),
    resolve: async (name, type, server) => (await import('./resolve.ts')).resolveName(name, type, signal, server),
    exchangeDatagram: async (server, port, bytes) =>
      (await import('./exchange-datagram.ts')).overUdp(server, port, bytes, signal),
    fetch: (url, init) => fetch(url, { ...init, signal }),
  };
}

function openAndClose(server: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: server, port });
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve();
      socket.destroy();
    });
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
  });
}
