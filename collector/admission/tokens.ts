import { createHash, randomBytes } from 'node:crypto';
import type { EnrolToken } from '../ports.ts';

/** 192 random bits, so that one plain hash of them is safe to keep. */
const SECRET_BYTES = 24;
const ID_BYTES = 5;

/** A new token: what the person is shown once, and what is kept of it. `fingerprint` is the authority's. */
export function newToken(fingerprint: string): { text: string; id: string; hash: string } {
  const text = `vigie-${fingerprint}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { text, id: randomBytes(ID_BYTES).toString('hex'), hash: hashOf(text) };
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** How a token stands. */
export type TokenState = 'good' | 'spent' | 'expired' | 'revoked';

export function tokenState({ revokedAt, expiresAt, used, uses }: EnrolToken, now: number): TokenState {
  if (revokedAt !== undefined) return 'revoked';
  if (now >= expiresAt) return 'expired';
  return used >= uses ? 'spent' : 'good';
}
