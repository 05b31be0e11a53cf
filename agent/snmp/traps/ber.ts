import type { SnmpValue } from '../value.ts';

/** The bytes are no SNMP message; `message` says what is wrong, in few words that are always the same. */
export class BadMessage extends Error {}

/** Tags of the Basic Encoding Rules, as SNMP uses them. */
export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ip: 0x40,
  ticks: 0x43,
} as const;

const ARCS_MAX = 128;
const ARC_MAX = 0xffff_ffff;
const NUMBERS: Readonly<Record<number, 'integer' | 'counter32' | 'gauge' | 'timeticks'>> = {
  2: 'integer',
  65: 'counter32',
  66: 'gauge',
  67: 'timeticks',
};
const COUNTER_64 = 0x46;
/** Null, noSuchObject, noSuchInstance, endOfMibView. */
const NOTHING: ReadonlySet<number> = new Set([TAG.null, 0x80, 0x81, 0x82]);

export interface Element {
  tag: number;
  body: Buffer;
}

/** Reads elements one after the other; whatever does not fit is a `BadMessage`. */
export interface BerReader {
  /** Tag of what comes next; undefined at the end. */
  readonly tag: number | undefined;
  any(): Element;
  /** The contents of the next element, which must have this tag. */
  body(tag: number): Buffer;
  inside(tag: number): BerReader;
  integer(): number;
  oid(): string;
}

export function readBer(bytes: Buffer): BerReader {
  let at = 0;

  function any(): Element {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if (tag === undefined || first === undefined) throw new BadMessage('cut short');
    const lengthBytes = first & 0x80 ? first & 0x7f : 0;
    if (first === 0x80 || lengthBytes > 4) throw new BadMessage('a length nobody may write');
    const start = at + 2 + lengthBytes;
    if (start > bytes.length) throw new BadMessage('cut short');
    const end = start + (lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes));
    if (end > bytes.length) throw new BadMessage('cut short');
    at = end;
    return { tag, body: bytes.subarray(start, end) };
  }

  function body(tag: number): Buffer {
    const read = any();
    if (read.tag !== tag) throw new BadMessage('not what stands here in SNMP');
    return read.body;
  }

  return {
    get tag() {
      return bytes[at];
    },
    any,
    body,
    inside: (tag) => readBer(body(tag)),
    integer: () => integerOf(body(TAG.integer)),
    oid: () => oidOf(body(TAG.oid)),
  };
}

/** Up to 32 bits, with or without a sign. */
export function integerOf(body: Buffer): number {
  if (body.length < 1 || body.length > 5) throw new BadMessage('a number of no known size');
  return body.readIntBE(0, body.length);
}

function oidOf(body: Buffer): string {
  if (body.length === 0) throw new BadMessage('an OID that is none');
  const arcs: number[] = [];
  let arc = 0;
  for (const [at, octet] of body.entries()) {
    arc = arc * 128 + (octet & 0x7f);
    if (arc > ARC_MAX) throw new BadMessage('an OID that is none');
    if (octet & 0x80) {
      if (at === body.length - 1) throw new BadMessage('an OID that is none');
      continue;
    }
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(arc / 40));
      arcs.push(root, arc - root * 40);
    } else arcs.push(arc);
    if (arcs.length > ARCS_MAX) throw new BadMessage('an OID that is none');
    arc = 0;
  }
  return arcs.join('.');
}

export function ipOf(body: Buffer): string {
  if (body.length !== 4) throw new BadMessage('an address that is none');
  return body.join('.');
}

/** Undefined where nothing is told. What has no type of SNMP stays readable as its octets. */
export function readValue({ tag, body }: Element): SnmpValue | undefined {
  if (NOTHING.has(tag)) return undefined;
  const number = NUMBERS[tag];
  if (number !== undefined) {
    const value = integerOf(body);
    return { type: number, value: number === 'integer' ? value : value >>> 0 };
  }
  if (tag === TAG.oid) return { type: 'oid', value: oidOf(body) };
  if (tag === TAG.ip) return { type: 'ip', value: ipOf(body) };
  if (tag === COUNTER_64) {
    if (body.length < 1 || body.length > 9) throw new BadMessage('a number of no known size');
    return { type: 'counter64', value: BigInt.asUintN(64, BigInt(`0x${body.toString('hex')}`)) };
  }
  // A copy: the datagram it was cut from is not kept for it.
  return { type: tag === TAG.octets ? 'octets' : 'opaque', value: new Uint8Array(body) };
}

/** One element, of these parts. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}

/** A number from 0 on, below 2^31, in as few octets as it needs. */
export function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  const start = value < 0x80 ? 3 : value < 0x8000 ? 2 : value < 0x80_0000 ? 1 : 0;
  return element(TAG.integer, bytes.subarray(start));
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return element(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(arcOctets)]));
}

function arcOctets(arc: number): number[] {
  const octets = [arc % 128];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift((left % 128) | 0x80);
  return octets;
}
