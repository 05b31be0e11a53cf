import { DatabaseError } from 'pg';
import { StateStoreError, type StateStoreProblem } from '../state-store-error.ts';

/** Raised by our own functions when the writer has lost its partition. */
export const LEASE_LOST = 'VG001';

type Explanation = readonly [StateStoreProblem, string];

/** SQLSTATE codes, or the classes they begin with, and the system's codes, as far as they tell people something. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  '08': ['unreachable', 'the connection was lost'],
  '28': ['denied', 'it refuses the user or the password'],
  '3D000': ['denied', 'there is no such database; create it first'],
  '42501': ['denied', 'the user lacks rights; let it own the database, or its schema vigie'],
  '25006': ['cannot-write', 'it takes no writes: it is a stand-by, or read-only'],
  '53100': ['disk-full', 'its disk is full'],
  '53300': ['busy', 'it has no connection left for us'],
  '55P03': ['timeout', 'it did not answer in time'],
  '57014': ['timeout', 'it did not answer in time'],
  '57P': ['unreachable', 'it is starting or stopping'],
  XX001: ['damaged', 'its data is damaged; restore it from a backup'],
  XX002: ['damaged', 'its data is damaged; restore it from a backup'],
  ECONNREFUSED: ['unreachable', 'nothing listens there'],
  ENOENT: ['unreachable', 'nothing listens there'],
  ENOTFOUND: ['unreachable', 'there is no such host'],
  EAI_AGAIN: ['unreachable', 'there is no such host'],
  EHOSTUNREACH: ['unreachable', 'there is no way to the host'],
  ENETUNREACH: ['unreachable', 'there is no way to the host'],
  ETIMEDOUT: ['timeout', 'it did not answer in time'],
  ECONNRESET: ['unreachable', 'the connection was lost'],
  EPIPE: ['unreachable', 'the connection was lost'],
};

/** Puts the server's and the driver's errors in plain words. */
export function explainError(place: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StateStoreError) return error;
  const [problem, sentence] = explanationOf(error);
  return new StateStoreError(problem, place, sentence, error);
}

/** True when the server has answered: it stands where it stood, and so does the connection. */
export const isAnswer = (error: unknown): boolean => error instanceof DatabaseError && error.severity !== 'FATAL';

/** What the server called the error behind one of ours. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof StateStoreError && error.cause instanceof DatabaseError ? error.cause.code : undefined;

function explanationOf(error: Error): Explanation {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = EXPLANATIONS[code] ?? EXPLANATIONS[code.slice(0, 3)] ?? EXPLANATIONS[code.slice(0, 2)];
  if (known) return known;
  // The driver's own errors bear no code.
  if (/time(d ?)?out/i.test(error.message)) return ['timeout', 'it did not answer in time'];
  if (/terminated|connection error|not queryable|pool after calling end/i.test(error.message)) {
    return ['unreachable', 'the connection was lost'];
  }
  return ['failed', error.message.split('\n', 1)[0] as string];
}
