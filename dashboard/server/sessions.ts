import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const LIFETIME_MS = 12 * 3_600_000;
/** Sessions signed out that are remembered; each is forgotten when it would have ended anyway. */
const CLOSED_AT_MOST = 10_000;
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seconds a session lasts, for the cookie that names it. */
export const SESSION_LIFETIME_S = LIFETIME_MS / 1000;

/**
 * Who is signed in. A session's id is the token it was opened with and its end, sealed: whoever has the key can read it,
 * so a restart signs nobody out and any collector may serve the next page; a token taken away takes its sessions with
 * it. Signing out clears the cookie, and is remembered here.
 */
export class Sessions {
  readonly #key: Uint8Array;
  readonly #now: () => number;
  /** Until when each would have lasted, by the hash of its id. */
  readonly #closed = new Map<string, number>();

  /** `key`: 32 bytes. */
  constructor(key: Uint8Array, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  /** Opens a session and gives its unguessable id. */
  open(token: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce);
    const text = JSON.stringify([this.#now() + LIFETIME_MS, token]);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** The token behind a session, while it lasts. */
  tokenOf(id: string): string | undefined {
    const session = this.#read(id);
    if (session === undefined || session.until <= this.#now() || this.#closed.has(hashOf(id))) return undefined;
    return session.token;
  }

  close(id: string): void {
    const session = this.#read(id);
    if (session === undefined) return;
    for (const [hash, until] of this.#closed) if (until <= this.#now()) this.#closed.delete(hash);
    const oldest = this.#closed.keys().next().value;
    if (this.#closed.size >= CLOSED_AT_MOST && oldest !== undefined) this.#closed.delete(oldest);
    this.#closed.set(hashOf(id), session.until);
  }

  #read(id: string): { until: number; token: string } | undefined {
    const bytes = Buffer.from(id, 'base64url');
    if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const sealed = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
      const [until, token] = JSON.parse(text) as [number, string];
      return { until, token };
    } catch {
      // Not sealed by us.
      return undefined;
    }
  }
}

const hashOf = (id: string): string => createHash('sha256').update(Buffer.from(id, 'base64url')).digest('base64url');
