import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { words } from './words/index.ts';

const TIMEOUT_MS = 60_000;
const UPLOAD_TIMEOUT_MS = 600_000;

/** Options of every command that talks to a running server. */
export const SERVER_CALL_OPTIONS = { url: { type: 'string' }, 'data-dir': { type: 'string' } } as const;

export const SERVER_CALL_HELP = {
  url: { en: 'The server (http://127.0.0.1:8080)', fr: 'Le serveur (http://127.0.0.1:8080)' },
  'data-dir': {
    en: 'Take the token from this data folder (./data)',
    fr: 'Prendre le jeton dans ce dossier de données (./data)',
  },
};

/** What a server answers that refuses: its sentence, and where the fault is. */
export interface Refusal {
  status: number;
  message: string;
  details: { path: string; message: string }[];
}

/**
 * Asks a running server, with a body to change something. `onRefused` may make another fault of a refusal.
 * @throws Fault when there is no token, no answer, or a refusal.
 */
export async function askServer(
  invocation: Asking,
  path: string,
  body?: object,
  onRefused?: (refusal: Refusal) => Fault | undefined,
): Promise<unknown> {
  const sent = body && { method: 'POST', body: JSON.stringify(body), type: 'application/json', timeoutMs: TIMEOUT_MS };
  const answer = await call(invocation, path, sent, onRefused);
  return answer.json().catch(() => ({}));
}

/** What a running server gives, as it comes. @throws Fault as `askServer` does. */
export const fetchFromServer = (invocation: Asking, path: string): Promise<Response> => call(invocation, path);

/** Takes away what is there. @throws Fault as `askServer` does. */
export async function deleteOnServer(invocation: Asking, path: string): Promise<void> {
  await call(invocation, path, { method: 'DELETE', timeoutMs: TIMEOUT_MS });
}

/** Uploads a file of so many bytes. @throws Fault as `askServer` does. */
export async function sendFile(
  invocation: Asking,
  path: string,
  body: ReadableStream<Uint8Array>,
  bytes: number,
): Promise<void> {
  await call(invocation, path, { method: 'PUT', body, bytes, type: 'application/zstd', timeoutMs: UPLOAD_TIMEOUT_MS });
}

type Asking = Pick<Invocation, 'flags' | 'env' | 'locale'>;

async function call(
  { flags, env, locale }: Asking,
  path: string,
  sent?: {
    method: string;
    body?: string | ReadableStream<Uint8Array>;
    bytes?: number;
    type?: string;
    timeoutMs: number;
  },
  onRefused?: (refusal: Refusal) => Fault | undefined,
): Promise<Response> {
  const url = String(flags.url ?? env.VIGIE_URL ?? 'http://127.0.0.1:8080');
  const token = env.VIGIE_ADMIN_TOKEN ?? keptToken(String(flags['data-dir'] ?? env.VIGIE_DATA_DIR ?? './data'));
  if (!token) throw new Fault(words(locale).tokenMissing);
  let answer: Response;
  try {
    answer = await fetch(new URL(path, url), {
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': locale,
        ...(sent?.type !== undefined && { 'content-type': sent.type }),
        ...(sent?.bytes !== undefined && { 'content-length': String(sent.bytes) }),
      },
      ...(sent && { method: sent.method, duplex: 'half' as const }),
      ...(sent?.body !== undefined && { body: sent.body }),
      signal: AbortSignal.timeout(sent?.timeoutMs ?? TIMEOUT_MS),
    });
  } catch (error) {
    const cause = (error as Error).cause;
    throw new Fault(words(locale).notAddressed(url, cause instanceof Error ? cause.message : (error as Error).message));
  }
  if (answer.ok) return answer;
  const said: unknown = await answer.json().catch(() => ({}));
  const { error } = said as { error?: { message: string; details?: Refusal['details'] } };
  const refusal = {
    status: answer.status,
    message: error?.message ?? answer.statusText,
    details: error?.details ?? [],
  };
  const where = refusal.details.map((detail) => `\n  ${detail.path}: ${detail.message}`).join('');
  throw onRefused?.(refusal) ?? new Fault(words(locale).serverSaid(refusal.status, `${refusal.message}${where}`));
}

/** The token a server of this machine keeps beside its data. */
function keptToken(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
