import type { OutboxFiles } from './files.ts';
import { decodeRecord, encodeRecord, scanRecords } from './record.ts';
import {
  closeSegment,
  createSegment,
  emptySegment,
  listSegments,
  readBytes,
  removeSegment,
  type Segment,
  segmentPath,
  writeRecord,
} from './segment.ts';

/** Where a record stands. */
export interface Place {
  segment: Segment;
  offset: number;
  /** On disk. */
  bytes: number;
}

/** Damaged stretches in a segment, or the segment as a whole. */
type Fault = { stretches: number } | { error: unknown };

/** The outbox's folder: segments, of which the newest is written to. A segment goes when nothing in it waits any more. */
export interface OutboxDisk {
  /** Hands over every record of the segments that earlier runs left, by its first bytes, oldest first, and tells what could not be read. */
  recover(found: (head: Buffer, place: Place) => void, onFault: (path: string, fault: Fault) => void): void;
  /** Throws where the disk refuses. */
  write(body: Uint8Array): Place;
  /** Undefined where the bytes are not those that were written. Throws where the file cannot be read. */
  read(place: Place): Buffer | undefined;
  /** The record no longer waits. Throws where the file cannot be removed; the record is then found again at the next start. */
  release(place: Place): void;
  /** Of all segments. */
  bytes(): number;
  /** The oldest segment; never the one that is written to. */
  oldest(): Segment | undefined;
  close(): void;
}

/** Touches nothing before its first use. */
export function openDisk(files: OutboxFiles, folder: string, segmentBytes: number): OutboxDisk {
  let segments: Segment[] = [];
  let active: Segment | undefined;
  let nextNumber = 1;

  function discard(segment: Segment): void {
    if (segment === active) {
      emptySegment(files, segment);
      return;
    }
    segments = segments.filter((other) => other !== segment);
    removeSegment(files, segment);
  }

  function recoverSegment(path: string, found: (head: Buffer, place: Place) => void): number {
    const content = files.readFileSync(path);
    const { records, damaged } = scanRecords(content);
    const segment: Segment = { path, size: content.length, waiting: records.length, descriptor: undefined };
    segments.push(segment);
    for (const { offset, bytes, head } of records) found(head, { segment, offset, bytes });
    if (records.length === 0) discard(segment);
    return damaged;
  }

  function retireActive(): void {
    const retired = active;
    active = undefined;
    if (!retired) return;
    closeSegment(files, retired);
    if (retired.waiting === 0) discard(retired);
  }

  return {
    recover(found, onFault) {
      files.mkdirSync(folder, { recursive: true });
      const numbers = listSegments(files, folder);
      nextNumber = (numbers.at(-1) ?? 0) + 1;
      for (const number of numbers) {
        const path = segmentPath(folder, number);
        try {
          const stretches = recoverSegment(path, found);
          if (stretches > 0) onFault(path, { stretches });
        } catch (error) {
          onFault(path, { error });
        }
      }
    },

    write(body) {
      const record = encodeRecord(body);
      if (active && active.size > 0 && active.size + record.length > segmentBytes) retireActive();
      if (!active) {
        active = createSegment(files, folder, nextNumber++);
        segments.push(active);
      }
      const segment = active;
      try {
        const offset = writeRecord(files, segment, record);
        segment.waiting += 1;
        return { segment, offset, bytes: record.length };
      } catch (error) {
        // What the failed write left in the file is not known: nothing more is written behind it.
        retireActive();
        throw error;
      }
    },

    read({ segment, offset, bytes }) {
      return decodeRecord(readBytes(files, segment, offset, bytes));
    },

    release({ segment }) {
      segment.waiting -= 1;
      if (segment.waiting === 0) discard(segment);
    },

    bytes: () => segments.reduce((sum, { size }) => sum + size, 0),
    oldest: () => (segments[0] === active ? undefined : segments[0]),

    close: retireActive,
  };
}
