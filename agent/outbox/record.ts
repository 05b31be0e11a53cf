import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { HEAD_BYTES } from './report-head.ts';

/** Length of what follows and its CRC-32, four bytes each, little-endian. */
const HEADER_BYTES = 8;
/** Longer than any report; a length beyond it is damage. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** How every report begins, and so every record that is kept as it is. */
const OPENING_BRACE = 0x7b;
/** How a record of earlier versions begins; then comes its body, deflated. */
const PACKED = 0x01;
/** How a packed record begins; then come its report's head as it is, and the rest, deflated by it. */
const HEADED = 0x02;

/**
 * A report's bytes as they stand on disk: packed where that is shorter, which makes three days of them fit. Each by
 * itself, so that damage stays where it is; the head is left alone, so that a start unpacks nothing.
 */
export function encodeRecord(body: Uint8Array): Buffer {
  const content = pack(body);
  const record = Buffer.allocUnsafe(HEADER_BYTES + content.length);
  record.writeUInt32LE(content.length, 0);
  record.writeUInt32LE(crc32(content), 4);
  record.set(content, HEADER_BYTES);
  return record;
}

function pack(body: Uint8Array): Uint8Array {
  if (body.length <= HEAD_BYTES) return body;
  const head = body.subarray(0, HEAD_BYTES);
  const rest = deflateRawSync(body.subarray(HEAD_BYTES), { dictionary: head });
  return 1 + head.length + rest.length < body.length ? Buffer.concat([Buffer.of(HEADED), head, rest]) : body;
}

/** The body of the record that starts at `at`, or undefined where no whole and undamaged one does. */
export function decodeRecord(bytes: Buffer, at = 0): Buffer | undefined {
  const content = contentAt(bytes, at);
  return content && unpack(content);
}

function unpack(content: Buffer): Buffer | undefined {
  const options = { maxOutputLength: BODY_BYTES_MAX };
  try {
    if (content[0] === PACKED) return inflateRawSync(content.subarray(1), options);
    if (content[0] !== HEADED) return content;
    const head = content.subarray(1, 1 + HEAD_BYTES);
    const rest = inflateRawSync(content.subarray(1 + HEAD_BYTES), { ...options, dictionary: head });
    return Buffer.concat([head, rest]);
  } catch {
    return undefined;
  }
}

/** The report's first bytes. */
function headIn(content: Buffer): Buffer | undefined {
  return content[0] === HEADED ? content.subarray(1, 1 + HEAD_BYTES) : unpack(content);
}

function contentAt(bytes: Buffer, at: number): Buffer | undefined {
  const length = contentLength(bytes, at);
  if (length === undefined || at + HEADER_BYTES + length > bytes.length) return undefined;
  const content = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
  return crc32(content) === bytes.readUInt32LE(at + 4) ? content : undefined;
}

export interface Scan {
  /** Where each begins, its length on disk, and at least the first bytes of its report. */
  records: { offset: number; bytes: number; head: Buffer }[];
  /** Stretches that could not be read. A torn tail, which a kill leaves, is none. */
  damaged: number;
}

/** Every record of a segment. Damage is stepped over: what stands behind it is found again by its header and CRC. */
export function scanRecords(bytes: Buffer): Scan {
  const scan: Scan = { records: [], damaged: 0 };
  let at = 0;
  while (at < bytes.length) {
    const content = contentAt(bytes, at);
    const head = content && headIn(content);
    if (head) {
      const length = HEADER_BYTES + content.length;
      scan.records.push({ offset: at, bytes: length, head });
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
  if (first !== OPENING_BRACE && first !== PACKED && first !== HEADED) return undefined;
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
