import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

/** Sends one datagram and waits for one from the same address and port: what comes from elsewhere is not heard. */
export async function overUdp(
  server: string,
  port: number,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const { address, family } = await lookup(server);
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', giveUp);
      socket.close();
      act();
    };
    const giveUp = () => settle(() => reject(signal.reason as Error));
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', (error) => settle(() => reject(error)));
    socket.once('message', (answer) => settle(() => resolve(answer)));
    // Connected, so that the system tells when nothing listens there.
    socket.connect(port, address, () => socket.send(bytes));
  });
}
