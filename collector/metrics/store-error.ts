/** The metrics file cannot be used. The message is a plain sentence that names the file. */
export class MetricsStoreError extends Error {
  override name = 'MetricsStoreError';
}

const READONLY = 8;
/** A file opened for reading only can't be locked for writing: SQLite tells it as a disk's fault. */
const IOERR_LOCK = 3850;

/** SQLite's primary result codes that a person can do something about. */
const SENTENCES: Readonly<Record<number, string>> = {
  5: 'is in use by another process',
  [READONLY]: 'can’t be written: check its permissions',
  10: 'can’t be read or written: the disk reports an error',
  11: 'is damaged',
  13: 'can’t be written: the disk is full',
  14: 'can’t be opened: check that its folder exists and may be written',
  23: 'can’t be opened: check its permissions',
  26: 'is not a metrics store: its content is something else',
};

/** Says in a sentence what could not be done with the file. Other errors come back as they are. */
export function explainError(path: string, error: unknown): unknown {
  if (error instanceof MetricsStoreError) return error;
  const { errcode, code } = error as { errcode?: number; code?: string };
  const isDenied = code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || errcode === IOERR_LOCK;
  const sentence = SENTENCES[isDenied ? READONLY : (errcode ?? 0) & 0xff];
  return sentence === undefined ? error : new MetricsStoreError(`${path} ${sentence}.`, { cause: error });
}
