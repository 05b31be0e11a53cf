import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateStore } from '../../collector/ports.ts';
import type { AccessPort, Role } from '../../dashboard/ports.ts';

/** Tokens are 256 random bits, so that one plain hash of them is safe to keep. */
const TOKEN_BYTES = 32;
export const TOKEN_FILE = 'admin-token';
/** How long an answer about a token is good: one taken away ends this much later at most. */
const KNOWN_MS = 10_000;
const KNOWN_AT_MOST = 1_000;

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
 * account of the server can read. While the store is away, who was known before it went stays known.
 */
export async function createAccess(options: AccessOptions): Promise<AccessPort> {
  const { store, now, dataDir, adminToken, readingNeedsToken } = options;
  const known = new Map<string, { who: { name: string; role: Role } | undefined; until: number }>();

  const create = async (name: string, role: Role, by: string): Promise<string> => {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await store.saveToken({ hash: hashOf(token), name, role, at: now() });
    await store.audit({ at: now(), who: by, action: 'token.created', detail: `${name} (${role})` });
    return token;
  };

  async function lookUp(hash: string) {
    const before = known.get(hash);
    if (before && before.until > now()) return before.who;
    try {
      const who = await store.tokenByHash(hash);
      if (known.size >= KNOWN_AT_MOST) known.clear();
      // What is unknown may be made known by the next line of the administrator: only what is known is remembered.
      if (who) known.set(hash, { who, until: now() + KNOWN_MS });
      else known.delete(hash);
      return who;
    } catch (error) {
      if (before) return before.who;
      throw error;
    }
  }

  const file = join(dataDir, TOKEN_FILE);
  if (adminToken === undefined && !existsSync(file)) {
    writeFileSync(file, `${await create('admin', 'admin', 'system')}\n`, { mode: 0o600 });
  }
  const fromEnvironment = adminToken === undefined ? undefined : hashOf(adminToken);
  return {
    who: async (token) => {
      const hash = hashOf(token);
      return hash === fromEnvironment ? { name: 'admin', role: 'admin' } : lookUp(hash);
    },
    create,
    sessionKey: await store.secret('session'),
    readingNeedsToken,
    audit: (limit) => store.auditLog(limit),
  };
}
