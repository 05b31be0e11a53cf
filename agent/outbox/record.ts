import { crc32 } from 'node:zlib';

/** Length of the body and its CRC-32, four bytes each, little-endian. */
export const HEADER_BYTES = 8;
/** Longer than any report; a length beyond it is damage. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;

const OPENING_BRACE = 0x7b;

/** A report's bytes as they stand on disk. */
export function encodeRecord(body: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  record.writeUInt32LE(body.length, 0);
  record.writeUInt32LE(crc32(body), 4);
  record.set(body, HEADER_BYTES);
  return record;
}

/** The body of the record that starts at `at`, or undefined where no whole and undamaged one does. */
export function decodeRecord(bytes: Buffer, at = 0): Buffer | undefined {
  const length = bodyLength(bytes, at);
  if (length === undefined || at + HEADER_BYTES + length > bytes.length) return undefined;
  const body = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
  return crc32(body) === bytes.readUInt32LE(at + 4) ? body : undefined;
}

export interface Scan {
  records: { offset: number; body: Buffer }[];
  /** Stretches that could not be read. A torn tail, which a kill leaves, is none. */
  damaged: number;
}

/** Every record of a segment. Damage is stepped over: what stands behind it is found again by its header and CRC. */
export function scanRecords(bytes: Buffer): Scan {
  const scan: Scan = { records: [], damaged: 0 };
  let at = 0;
  while (at < bytes.length) {
    const body = decodeRecord(bytes, at);
    if (body) {
      scan.records.push({ offset: at, body });
      at += HEADER_BYTES + body.length;
      continue;
    }
    const next = findRecord(bytes, at + 1);
    if (next !== undefined || !isTorn(bytes, at)) scan.damaged += 1;
    at = next ?? bytes.length;
  }
  return scan;
}

/** Every report is a JSON object, so anything else is no record: this also keeps the search from computing CRCs. */
function bodyLength(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER_BYTES >= bytes.length || bytes[at + HEADER_BYTES] !== OPENING_BRACE) return undefined;
  const length = bytes.readUInt32LE(at);
  return length >= 2 && length <= BODY_BYTES_MAX ? length : undefined;
}

function findRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at + HEADER_BYTES < bytes.length; at += 1) {
    if (decodeRecord(bytes, at)) return at;
  }
  return undefined;
}

/** A write that was cut: the header, or the body it announces, runs past the end. */
function isTorn(bytes: Buffer, at: number): boolean {
  if (at + HEADER_BYTES >= bytes.length) return true;
  const length = bodyLength(bytes, at);
  return length !== undefined && at + HEADER_BYTES + length > bytes.length;
}
