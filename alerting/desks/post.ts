import type { Delivery } from '../ports.ts';
import { readAnswer } from './answer.ts';
import { describeFailure } from './ask.ts';

/**
 * Posts one message to a receiver that cannot be asked what it has: done at 2xx, tried again at 429, 5xx and no answer,
 * refused otherwise. Redirects are not followed.
 */
export async function post(
  { fetch, now }: { fetch: typeof globalThis.fetch; now: () => number },
  url: string,
  { body, headers = {} }: { body: string; headers?: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<Delivery> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'vigie', ...headers },
      body,
      signal,
      redirect: 'manual',
    });
    return await readAnswer(response, now());
  } catch (error) {
    return { outcome: 'retry', error: signal.aborted ? 'no answer in time' : describeFailure(error) };
  }
}

/** An address that is a secret itself. @throws Error that does not quote it. */
export function secretAddress([address = '']: readonly string[]): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new Error('the secret must be the webhook’s https:// address, on one line');
  }
  return url.href;
}
