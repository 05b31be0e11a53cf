import type { Delivery } from '../ports.ts';

/** Bytes of an acknowledgement that are read; what follows is left. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Seconds a desk may ask us to wait: beyond it we come back to look. */
const MAX_RETRY_AFTER_S = 3600;

/**
 * What became of a delivery, from a receiver's answer. A 2xx that carries a web page is not an acknowledgement: a
 * captive portal or a sleeping instance answers so.
 *
 * @throws whatever breaks the body off; the delivery is then unknown and has to be repeated.
 */
export async function readAnswer(response: Response, now: number): Promise<Delivery> {
  const { status } = response;
  if (status >= 200 && status < 300) {
    const text = await readBounded(response);
    if (isWebPage(text)) {
      return { outcome: 'retry', error: `HTTP ${status} with a web page instead of an acknowledgement` };
    }
    const ticket = findTicket(text);
    return { outcome: 'done', ...(ticket !== undefined && { ticket }) };
  }
  await response.body?.cancel();
  if (status === 429 || status >= 500) {
    const retryAfterS = readRetryAfter(response.headers.get('retry-after'), now);
    return { outcome: 'retry', error: `HTTP ${status}`, ...(retryAfterS !== undefined && { retryAfterS }) };
  }
  if (status === 410) return { outcome: 'refused', error: 'HTTP 410: the receiver is gone for good' };
  if (status < 400) return { outcome: 'refused', error: `HTTP ${status}: redirects are not followed` };
  return { outcome: 'refused', error: `HTTP ${status}` };
}

/** The text of an answer, at most so many bytes of it. */
export async function readBounded(response: Response, mostBytes = MAX_ANSWER_BYTES): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}

export const isWebPage = (text: string): boolean => /^\s*<(!doctype html|html)/i.test(text);

/** The receiver's name for the ticket, where its answer is JSON that says one. */
function findTicket(text: string): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { ticket, id, number } = answer as Record<string, unknown>;
  for (const value of [ticket, id, number]) {
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 128);
  }
  return undefined;
}

/** Seconds, from `120` or from a date; undefined when it is neither. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_S) : undefined;
}
