import type { FastifyRequest } from 'fastify';
import type { AccessPort, Role } from '../ports.ts';
import { ApiError } from './errors.ts';
import { requireSameOrigin } from './origin.ts';
import type { Sessions } from './sessions.ts';

export type Needs = 'anyone' | Role;

export interface Who {
  name: string;
  role: Role;
}

/** The cookie that names a session. */
export const SESSION_COOKIE = 'vigie_session';

const RANK: Record<Role, number> = { viewer: 1, operator: 2, admin: 3 };

export const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Counts the wrong tokens of one address. */
export interface GuessLimit {
  /** Seconds to wait once there were too many, otherwise undefined. */
  exhausted(request: FastifyRequest): Promise<number | undefined>;
  count(request: FastifyRequest): Promise<void>;
}

type Credential = { by: 'nothing' } | { by: 'bearer' | 'session'; token: string } | { by: 'unreadable' };

/** Decides who may do what. Nothing changes anything without a token of sufficient role. */
export class Access {
  readonly #port: AccessPort;
  readonly #sessions: Sessions;
  readonly #guesses: GuessLimit;

  constructor(port: AccessPort, sessions: Sessions, guesses: GuessLimit) {
    this.#port = port;
    this.#sessions = sessions;
    this.#guesses = guesses;
  }

  /**
   * Lets a request through to a route, and says who sends it.
   * @throws ApiError when it may not.
   */
  async admit(request: FastifyRequest, needs: Needs): Promise<Who | undefined> {
    const credential = this.#credentialOf(request);
    const waitS = credential.by === 'bearer' ? await this.#guesses.exhausted(request) : undefined;
    if (waitS !== undefined && needs !== 'anyone') throw new ApiError('too-many-requests', { retryAfterS: waitS });
    const who = waitS === undefined && 'token' in credential ? await this.#port.who(credential.token) : undefined;
    if (credential.by === 'bearer' && who === undefined) await this.#guesses.count(request);

    if (needs === 'anyone') return who;
    if (who === undefined) {
      const open = this.#isOpen(request.method, needs);
      if (open && (credential.by === 'nothing' || credential.by === 'session')) return undefined;
      throw new ApiError(credential.by === 'bearer' ? 'wrong-token' : 'unauthenticated');
    }
    if (RANK[who.role] < RANK[needs]) throw new ApiError('forbidden');
    if (credential.by === 'session' && !isReading(request.method)) requireSameOrigin(request);
    return who;
  }

  /** Whether someone let in to read a while ago still may: their session or token may have ended since. */
  async mayStillRead(request: FastifyRequest): Promise<boolean> {
    if (!this.#port.readingNeedsToken) return true;
    const credential = this.#credentialOf(request);
    return 'token' in credential && (await this.#port.who(credential.token)) !== undefined;
  }

  #isOpen(method: string, needs: Role): boolean {
    return needs === 'viewer' && isReading(method) && !this.#port.readingNeedsToken;
  }

  #credentialOf(request: FastifyRequest): Credential {
    const header = request.headers.authorization;
    if (header !== undefined) {
      const token = /^Bearer +(\S{1,512})$/i.exec(header)?.[1];
      return token === undefined ? { by: 'unreadable' } : { by: 'bearer', token };
    }
    const id = request.cookies[SESSION_COOKIE];
    const token = id === undefined ? undefined : this.#sessions.tokenOf(id);
    return token === undefined ? { by: 'nothing' } : { by: 'session', token };
  }
}
