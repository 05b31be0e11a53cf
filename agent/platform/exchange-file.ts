import { constants, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../describe-error.ts';
import type { Exchange, ExchangeAnswer } from '../outside/network.ts';
import { ANSWER_BYTES } from './exchange.ts';

const LOOK_AGAIN_MS = 20;

/**
 * Asks through a device file. It is opened without blocking, and looked at again while it has nothing: a read that waits
 * would hold one of the runtime's few threads for as long as the device is silent.
 */
export async function overFile(
  path: string,
  { send, until, answerMs, maxBytes = ANSWER_BYTES }: Exchange & { answerMs: number },
  signal: AbortSignal,
): Promise<ExchangeAnswer> {
  signal.throwIfAborted();
  const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    await file.write(Buffer.from(send as string));
    const chunk = Buffer.alloc(Math.min(maxBytes, 4096));
    let received = Buffer.alloc(0);
    const end = performance.now() + answerMs;
    while (performance.now() < end && received.length < maxBytes) {
      const bytesRead = await readNow(file, chunk);
      received = Buffer.concat([received, chunk.subarray(0, Math.min(bytesRead, maxBytes - received.length))]);
      if (until(received)) return { received, isWhole: true };
      if (bytesRead === 0) await wait(LOOK_AGAIN_MS, undefined, { signal });
    }
    return { received, isWhole: false };
  } finally {
    await file.close();
  }
}

/** Some devices say that there is nothing yet by an error, others by an empty read. */
async function readNow(file: Awaited<ReturnType<typeof open>>, into: Buffer): Promise<number> {
  try {
    return (await file.read(into)).bytesRead;
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') return 0;
    throw error;
  }
}
