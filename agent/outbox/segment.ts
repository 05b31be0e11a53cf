import { join } from 'node:path';
import type { OutboxFiles } from './files.ts';

const SUFFIX = '.seg';

/** One append-only file of records. Only the newest segment is written to; the others are read and removed. */
export interface Segment {
  path: string;
  /** Bytes in the file. */
  size: number;
  /** Records not yet acknowledged. */
  waiting: number;
  /** Open while it is written to. */
  descriptor: number | undefined;
}

/** Numbers of the segments in a folder, oldest first. */
export const listSegments = (files: OutboxFiles, folder: string): number[] =>
  files
    .readdirSync(folder)
    .filter((file) => /^\d{10}\.seg$/.test(file))
    .map((file) => Number(file.slice(0, -SUFFIX.length)))
    .sort((a, b) => a - b);

export const segmentPath = (folder: string, number: number): string =>
  join(folder, String(number).padStart(10, '0') + SUFFIX);

/** Begins a new file. Throws where one of this number is there already: its content is not known. */
export function createSegment(files: OutboxFiles, folder: string, number: number): Segment {
  files.mkdirSync(folder, { recursive: true });
  const path = segmentPath(folder, number);
  return { path, size: 0, waiting: 0, descriptor: files.openSync(path, 'ax+') };
}

/** Adds a whole record and returns where it starts. Throws with the file as it was. */
export function writeRecord(files: OutboxFiles, segment: Segment, record: Buffer): number {
  const { descriptor, size: offset } = segment;
  if (descriptor === undefined) throw new Error('the segment is closed');
  try {
    for (let written = 0; written < record.length; ) {
      written += files.writeSync(descriptor, record, written, record.length - written);
    }
  } catch (error) {
    files.ftruncateSync(descriptor, offset);
    throw error;
  }
  segment.size += record.length;
  return offset;
}

/** The bytes at a place, fewer where the file ends before. */
export function readBytes(files: OutboxFiles, segment: Segment, offset: number, length: number): Buffer {
  const descriptor = segment.descriptor ?? files.openSync(segment.path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, files.readSync(descriptor, bytes, 0, length, offset));
  } finally {
    if (segment.descriptor === undefined) files.closeSync(descriptor);
  }
}

/** Empties the segment that is written to: nothing in it waits any more. */
export function emptySegment(files: OutboxFiles, segment: Segment): void {
  if (segment.descriptor === undefined) return;
  files.ftruncateSync(segment.descriptor, 0);
  segment.size = 0;
}

/** Ends writing to a segment. */
export function closeSegment(files: OutboxFiles, segment: Segment): void {
  if (segment.descriptor === undefined) return;
  files.closeSync(segment.descriptor);
  segment.descriptor = undefined;
}

export function removeSegment(files: OutboxFiles, segment: Segment): void {
  closeSegment(files, segment);
  files.rmSync(segment.path, { force: true });
}
