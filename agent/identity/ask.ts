import { request } from 'node:https';
import type { TSchema } from 'typebox';
import { NotAdmitted } from '../../protocol/enrolment.ts';
import { readMessage } from '../read-message.ts';
import { proveDoor } from './prove-door.ts';

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES = 64 * 1024;

export interface Question {
  /** `https://host:port` of the agents' door. */
  server: string;
  path: string;
  /** The authority whose certificate the server must show; without it anybody may answer. */
  ca: string | undefined;
  /** The server must have the very name it is called by; otherwise any door of Vigie's may answer. */
  isByName?: boolean;
  /** What this device shows. */
  own?: { cert: string; key: string };
  body?: object;
  locale?: 'fr' | 'en';
}

/** The server's word: let in, or not. */
export interface Told {
  status: number;
  body: Buffer;
}

/** Asks the agents' door. Rejects when there is no answer in time, or a longer one than there can be. */
export function ask({ server, path, ca, isByName = false, own, body, locale = 'en' }: Question): Promise<Told> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const asked = request(
      new URL(path, server),
      {
        method: text === undefined ? 'GET' : 'POST',
        headers: {
          'accept-language': locale,
          ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
        // The system's authorities have no say: the token names ours.
        ...(ca === undefined
          ? { rejectUnauthorized: false }
          : { ca, ...(!isByName && { checkServerIdentity: proveDoor }) }),
        ...own,
        agent: false,
        minVersion: 'TLSv1.2',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (answer) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        answer.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > ANSWER_BYTES) asked.destroy(new Error('the answer is too long'));
          else parts.push(part);
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts) }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(text);
  });
}

/** The answer as it must be, or why there is none for us. */
export function readTold<Schema extends TSchema>(schema: Schema, { status, body }: Told) {
  if (status === 200) {
    const answer = readMessage(schema, body);
    return answer ? { answer } : { refusal: notUnderstood(status) };
  }
  return { refusal: readMessage(NotAdmitted, body) ?? notUnderstood(status) };
}

const notUnderstood = (status: number): NotAdmitted => ({
  reason: 'not-understood',
  message: `HTTP ${status}`,
  waits: false,
});
