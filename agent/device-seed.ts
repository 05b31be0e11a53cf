/** A number from 0 to 2³² − 1 that is always the same for one text: FNV-1a. Spreads devices over time without chance. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
