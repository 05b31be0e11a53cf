import { StateStoreError, type StateStoreProblem } from '../state-store-error.ts';

/** SQLite's primary result codes, as far as they tell people something. */
const PROBLEMS: Readonly<Record<number, readonly [StateStoreProblem, string]>> = {
  3: ['cannot-write', 'it cannot be written: permission denied'],
  5: ['in-use', 'it is in use by another process'],
  6: ['in-use', 'it is in use by another process'],
  8: ['cannot-write', 'it cannot be written: the file or its folder is read-only'],
  10: ['cannot-write', 'it cannot be read or written: the disk reports an error'],
  11: ['damaged', 'the file is damaged; restore it from a backup or move it away'],
  13: ['disk-full', 'the disk is full'],
  14: ['cannot-write', 'it cannot be opened: the folder is missing, or not ours to write in'],
  26: ['not-a-database', 'the file is not a database; move it away or name another one'],
};

/** Puts SQLite's own errors in plain words; any other error comes back as it is. */
export function explainError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const [problem, sentence] = PROBLEMS[error.errcode & 0xff] ?? ['failed', error.message];
  return new StateStoreError(problem, path, sentence, error);
}
