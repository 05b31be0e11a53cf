import { createSocket } from 'node:dgram';

/** Sends one UDP datagram as a broadcast. Rejects with the system's error, or when `signal` fires. */
export function broadcast(datagram: Uint8Array, address: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = createSocket('udp4');
    const end = (error?: Error | null) => {
      signal.removeEventListener('abort', giveUp);
      socket.close();
      if (error) reject(error);
      else resolve();
    };
    const giveUp = () => end(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', end);
    socket.bind(0, () => {
      socket.setBroadcast(true);
      socket.send(datagram, port, address, end);
    });
  });
}
