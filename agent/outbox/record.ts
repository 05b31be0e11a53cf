import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** Length of what follows and its CRC-32, four bytes each, little-endian. */
const HEADER_BYTES = 8;
/** Longer than any report; a length beyond it is damage. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** How every report begins, and so every record that is kept as it is. */
const OPENING_BRACE = 0x7b;
/** How a packed record begins; then comes its body, deflated. Each by itself, so that damage stays where it is. */
const PACKED = 0x01;

/** A report's bytes as they stand on disk: packed where that is shorter, which makes three days of them fit. */
export function encodeRecord(body: Uint8Array): Buffer {
  const packed = deflateRawSync(body);
  const content = packed.length + 1 < body.length ? Buffer.concat([Buffer.of(PACKED), packed]) : body;
  const record = Buffer.allocUnsafe(HEADER_BYTES + content.length);
  record.writeUInt32LE(content.length, 0);
  record.writeUInt32LE(crc32(content), 4);
  record.set(content, HEADER_BYTES);
  return record;
}

/** The body of the record that starts at `at`, or undefined where no whole and undamaged one does. */
export function decodeRecord(bytes: Buffer, at = 0): Buffer | undefined {
  const content = contentAt(bytes, at);
  if (content?.[0] !== PACKED) return content;
  try {
    return inflateRawSync(content.subarray(1), { maxOutputLength: BODY_BYTES_MAX });
  } catch {
    return undefined;
  }
}

function contentAt(bytes: Buffer, at: number): Buffer | undefined {
  const length = contentLength(bytes, at);
  if (length === undefined || at + HEADER_BYTES + length > bytes.length) return undefined;
  const content = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
  return crc32(content) === bytes.readUInt32LE(at + 4) ? content : undefined;
}

export interface Scan {
  /** Where each begins, its length on disk, and its report. */
  records: { offset: number; bytes: number; body: Buffer }[];
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
      const length = HEADER_BYTES + bytes.readUInt32LE(at);
      scan.records.push({ offset: at, bytes: length, body });
      at += length;
      continue;
    }
    const next = findRecord(bytes, at + 1);
    if (next !== undefined || !isTorn(bytes, at)) scan.damaged += 1;
    at = next ?? bytes.length;
  }
  return scan;
}

/** Anything that begins otherwise is no record: this also keeps the search from computing CRCs. */
function contentLength(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER_BYTES >= bytes.length) return undefined;
  const first = bytes[at + HEADER_BYTES];
  if (first !== OPENING_BRACE && first !== PACKED) return undefined;
  const length = bytes.readUInt32LE(at);
  return length >= 2 && length <= BODY_BYTES_MAX ? length : undefined;
}

function findRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at + HEADER_BYTES < bytes.length; at += 1) {
    if (decodeRecord(bytes, at)) return at;
  }
  return undefined;
}

/** A write that was cut: the header, or what it announces, runs past the end. */
function isTorn(bytes: Buffer, at: number): boolean {
  if (at + HEADER_BYTES >= bytes.length) return true;
  const length = contentLength(bytes, at);
  return length !== undefined && at + HEADER_BYTES + length > bytes.length;
}
