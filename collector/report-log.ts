import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { DeviceKey } from '../protocol/names.ts';

/** A report as the log keeps it: whose it is, what its clock is off by, and its bytes as they came. */
export interface LoggedReport {
  device: DeviceKey;
  /** Added to the report's times to get ours, milliseconds. */
  skewMs: number;
  payload: Uint8Array;
}

const HEADER_BYTES = 4 + 2 + 8;

/** Zstandard's mark. No report is long enough for its length to begin like this, in rows written before they were packed. */
const ZSTD_MAGIC = 0xfd2fb528;

/**
 * Frames a group of reports into one log row: length, key length, skew, key, payload, one after the other, and packs them
 * about eightfold. Undefined when there are none.
 */
export function frameReports(reports: readonly LoggedReport[]): Uint8Array | undefined {
  if (reports.length === 0) return undefined;
  const keys = reports.map((report) => Buffer.from(report.device, 'utf8'));
  let size = 0;
  reports.forEach((report, i) => {
    size += HEADER_BYTES + (keys[i] as Buffer).byteLength + report.payload.byteLength;
  });
  const frames = Buffer.allocUnsafe(size);
  let at = 0;
  reports.forEach((report, i) => {
    const key = keys[i] as Buffer;
    at = frames.writeUInt32LE(report.payload.byteLength, at);
    at = frames.writeUInt16LE(key.byteLength, at);
    at = frames.writeDoubleLE(report.skewMs, at);
    at += key.copy(frames, at);
    frames.set(report.payload, at);
    at += report.payload.byteLength;
  });
  return zstdCompressSync(frames, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** The reports of a log row. Payloads are views into its bytes. */
export function* readFrames(frames: Uint8Array): Generator<LoggedReport> {
  const row = Buffer.from(frames.buffer, frames.byteOffset, frames.byteLength);
  const buffer = row.byteLength >= 4 && row.readUInt32LE(0) === ZSTD_MAGIC ? zstdDecompressSync(row) : row;
  let at = 0;
  while (at < buffer.byteLength) {
    const payloadBytes = buffer.readUInt32LE(at);
    const keyBytes = buffer.readUInt16LE(at + 4);
    const skewMs = buffer.readDoubleLE(at + 6);
    at += HEADER_BYTES;
    const device = buffer.toString('utf8', at, at + keyBytes) as DeviceKey;
    at += keyBytes;
    yield { device, skewMs, payload: buffer.subarray(at, at + payloadBytes) };
    at += payloadBytes;
  }
}
