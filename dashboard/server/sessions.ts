import { randomBytes } from 'node:crypto';

const LIFETIME_MS = 12 * 3_600_000;
const AT_MOST = 1000;

/** Seconds a session lasts, for the cookie that names it. */
export const SESSION_LIFETIME_S = LIFETIME_MS / 1000;

/**
 * Who is signed in, in memory: a restart signs everyone out. A session stands for the token it was opened with, so that
 * a token taken away takes its sessions with it. When there are too many, the oldest goes.
 */
export class Sessions {
  readonly #now: () => number;
  readonly #open = new Map<string, { token: string; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Opens a session and gives its unguessable id. */
  open(token: string): string {
    const oldest = this.#open.keys().next().value;
    if (this.#open.size >= AT_MOST && oldest !== undefined) this.#open.delete(oldest);
    const id = randomBytes(32).toString('base64url');
    this.#open.set(id, { token, until: this.#now() + LIFETIME_MS });
    return id;
  }

  /** The token behind a session, while it lasts. */
  tokenOf(id: string): string | undefined {
    const session = this.#open.get(id);
    if (session === undefined) return undefined;
    if (session.until > this.#now()) return session.token;
    this.#open.delete(id);
    return undefined;
  }

  close(id: string): void {
    this.#open.delete(id);
  }
}
