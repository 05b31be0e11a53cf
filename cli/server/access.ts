import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateStore } from '../../collector/ports.ts';
import type { AccessPort, Role } from '../../dashboard/ports.ts';

/** Tokens are 256 random bits, so that one plain hash of them is safe to keep. */
const TOKEN_BYTES = 32;
export const TOKEN_FILE = 'admin-token';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface AccessOptions {
  store: StateStore;
  now: () => number;
  dataDir: string;
  /** VIGIE_ADMIN_TOKEN: an administrator for as long as it is set. */
  adminToken: string | undefined;
  readingNeedsToken: boolean;
}

/**
 * Who may do what. At the first start, without VIGIE_ADMIN_TOKEN, a first token is made and kept in a file that only the
 * account of the server can read.
 */
export function createAccess({ store, now, dataDir, adminToken, readingNeedsToken }: AccessOptions): AccessPort {
  const create = (name: string, role: Role, by: string): string => {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    store.saveToken({ hash: hashOf(token), name, role, at: now() });
    store.audit({ at: now(), who: by, action: 'token.created', detail: `${name} (${role})` });
    return token;
  };
  const file = join(dataDir, TOKEN_FILE);
  if (adminToken === undefined && !existsSync(file)) {
    writeFileSync(file, `${create('admin', 'admin', 'system')}\n`, { mode: 0o600 });
  }
  const fromEnvironment = adminToken === undefined ? undefined : hashOf(adminToken);
  return {
    who: (token) => {
      const hash = hashOf(token);
      return hash === fromEnvironment ? { name: 'admin', role: 'admin' } : store.tokenByHash(hash);
    },
    create,
    readingNeedsToken,
    audit: (limit) => store.auditLog(limit),
  };
}
