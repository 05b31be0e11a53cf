/**
 * Writes ASN.1 in DER: what certificates and revocation lists are made of. It only writes; what comes from outside is read
 * by Node's own X.509.
 */
export type Der = Buffer;

const tagged = (tag: number, content: Uint8Array): Der => {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  if (length > 0xffff) bytes.splice(0, 2, length >> 16, (length >> 8) & 0xff, length & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
};

export const sequence = (...items: Der[]): Der => tagged(0x30, Buffer.concat(items));
export const set = (...items: Der[]): Der => tagged(0x31, Buffer.concat(items));
export const octets = (bytes: Uint8Array): Der => tagged(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Der => tagged(0x03, Buffer.concat([Buffer.from([unused]), bytes]));
export const boolean = (value: boolean): Der => tagged(0x01, Buffer.from([value ? 0xff : 0]));
export const utf8 = (text: string): Der => tagged(0x0c, Buffer.from(text));
/** In the place of a tag of its own: `[n] EXPLICIT`. */
export const explicit = (n: number, content: Der): Der => tagged(0xa0 | n, content);
/** `[n] IMPLICIT`, of primitive content. */
export const implicit = (n: number, content: Uint8Array): Der => tagged(0x80 | n, content);

/** A number that is not negative, from its bytes. */
export function integer(bytes: Uint8Array): Der {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const rest = bytes.subarray(from);
  return tagged(0x02, (rest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), rest]) : rest);
}

export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** Whole seconds; UTCTime up to 2049, as RFC 5280 wants it. */
export function time(ms: number): Der {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits));
}
