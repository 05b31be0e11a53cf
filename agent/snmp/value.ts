/** What an agent answers for one OID, by its type on the wire. */
export type SnmpValue =
  | { type: 'integer' | 'counter32' | 'gauge' | 'timeticks'; value: number }
  | { type: 'counter64'; value: bigint }
  | { type: 'octets' | 'opaque'; value: Uint8Array }
  /** An OID without a leading dot, or a dotted IPv4 address. */
  | { type: 'oid' | 'ip'; value: string };

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they are looked for with
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/** As text; octets that are none come as hexadecimal. */
export function textOf({ type, value }: SnmpValue): string {
  if (!(value instanceof Uint8Array)) return String(value).trim();
  if (type === 'opaque') return String(floatOf(value) ?? hexOf(value));
  const octets = withoutTail(value);
  const text = decode(octets);
  return CONTROL.test(text) ? hexOf(octets) : text.trim();
}

/** Beyond this nothing is measured, and what is reckoned with numbers up to it stays finite. */
const MOST = 1e60;
const withinReason = (number: number): number | undefined => (Math.abs(number) <= MOST ? number : undefined);

/** As a number: its own, or the one a text begins with. Undefined where that is not finite, or beyond all reason. */
export function numberOf(value: SnmpValue): number | undefined {
  if (typeof value.value === 'number') return withinReason(value.value);
  if (typeof value.value === 'bigint') return Number(value.value);
  if (value.type === 'opaque') return floatOf(value.value);
  return value.type === 'octets' ? numberIn(textOf(value)) : undefined;
}

/** The number a text begins with. */
export function numberIn(text: string): number | undefined {
  return withinReason(Number.parseFloat(text));
}

export const hexOf = (octets: Uint8Array, between = '') =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(between);

function decode(octets: Uint8Array): string {
  try {
    return strictUtf8.decode(octets);
  } catch {
    return latin1.decode(octets);
  }
}

/** C programs send the NULs that fill their buffers. */
function withoutTail(octets: Uint8Array): Uint8Array {
  let end = octets.length;
  while (end > 0 && octets[end - 1] === 0) end--;
  return octets.subarray(0, end);
}

/** Net-SNMP's floats: the tag 9f78 or 9f79, a length, and IEEE 754. */
function floatOf(octets: Uint8Array): number | undefined {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (octets.length === 7 && view.getUint16(0) === 0x9f78) return withinReason(view.getFloat32(3));
  if (octets.length === 11 && view.getUint16(0) === 0x9f79) return withinReason(view.getFloat64(3));
  return undefined;
}
