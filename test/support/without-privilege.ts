import { chownSync } from 'node:fs';

const NOBODY = 65_534;

/** File rights do not bind root: as root, does it as a user that has none. */
export function withoutPrivilege<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** As root: makes these that user's own. Any other user owns them already. */
export function giveToNobody(...paths: string[]): void {
  if (process.geteuid?.() === 0) for (const path of paths) chownSync(path, NOBODY, NOBODY);
}
