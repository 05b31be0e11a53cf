import { StorageError } from '../../dashboard/ports.ts';

/** What can be wrong with the file or the server, for those who say it in another language. */
export type StateStoreProblem =
  | 'busy'
  | 'cannot-write'
  | 'damaged'
  | 'denied'
  | 'disk-full'
  | 'failed'
  | 'in-use'
  | 'newer-schema'
  | 'not-a-database'
  | 'not-ours'
  | 'not-shared'
  | 'shared-otherwise'
  | 'timeout'
  | 'unreachable';

/** The state store cannot do its work. The message is one plain line that names the file, or the server and database. */
export class StateStoreError extends StorageError {
  readonly problem: StateStoreProblem;
  readonly path: string;

  constructor(problem: StateStoreProblem, path: string, sentence: string, cause?: unknown) {
    super(`state store ${path}: ${sentence}`, cause === undefined ? {} : { cause });
    this.name = 'StateStoreError';
    this.problem = problem;
    this.path = path;
  }
}
