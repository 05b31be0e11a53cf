import { createHash } from 'node:crypto';
import { successorsOf } from './successors.ts';

/** All that some desks can bear of a key: `findBorne` knows it again behind a `~`. 32 hex digits. */
export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32);

/**
 * The incident's key as a field of at most `length` characters bears it: itself where it fits, otherwise as much of it as
 * leaves room for a digest. The same for the same key, always.
 */
export function keyWithin(key: string, length: number): string {
  if (key.length <= length) return key;
  const digest = digestOf(key);
  return `${key.slice(0, length - digest.length - 1)}~${digest}`;
}

/** Which of these incidents’ keys a ticket bears, whole or shortened, its own or that of a successor. */
export function findBorne(borne: string, keys: Iterable<string>): string | undefined {
  const [, digest] = borne.match(/~([0-9a-f]{32})$/) ?? [];
  const isIt = (one: string): boolean => one === borne || (digest !== undefined && digestOf(one) === digest);
  for (const key of keys) if ([key, ...successorsOf(key)].some(isIt)) return key;
  return undefined;
}
