import { connect } from 'node:net';
import type { Exchange, ExchangeAnswer } from '../outside/network.ts';

export const ANSWER_BYTES = 64 * 1024;

/** Connects, asks, reads until the answer is whole or its time or bound is reached, and hangs up. */
export function overTcp(
  server: string,
  port: number,
  { send, until, answerMs, maxBytes = ANSWER_BYTES }: Exchange,
  signal: AbortSignal,
): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: server, port });
    let received = Buffer.alloc(0);
    const answer = (isWhole: boolean) => {
      resolve({ received, isWhole });
      socket.destroy();
    };
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    let silence: NodeJS.Timeout | undefined;
    socket.once('connect', () => {
      socket.write(send);
      if (answerMs !== undefined) silence = setTimeout(() => answer(false), answerMs);
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk.subarray(0, maxBytes - received.length)]);
      if (until(received)) answer(true);
      else if (received.length >= maxBytes) answer(false);
    });
    socket.once('end', () => answer(false));
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(silence);
      signal.removeEventListener('abort', giveUp);
    });
  });
}
