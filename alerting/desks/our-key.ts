import { createHash } from 'node:crypto';

/**
 * The incident's key as a field of at most `length` characters bears it: itself where it fits, otherwise as much of it as
 * leaves room for a digest. The same for the same key, always.
 */
export function keyWithin(key: string, length: number): string {
  if (key.length <= length) return key;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${key.slice(0, length - digest.length - 1)}~${digest}`;
}
