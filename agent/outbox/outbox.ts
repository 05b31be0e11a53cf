import * as nodeFiles from 'node:fs';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { openDisk, type Place } from './disk.ts';
import type { OutboxFiles } from './files.ts';
import { type Gap, loadGap, saveGap, widenGap } from './gap.ts';
import { BODY_BYTES_MAX } from './record.ts';
import { headOf } from './report-head.ts';

const SEGMENT_BYTES_MAX = 256 * 1024;
const MEMORY_BYTES_MAX = 4 * 1024 * 1024;
/** No two looks at the clock are this far apart, unless somebody set it or the machine slept. */
const LEAP_MS = 3 * 3_600_000;
/** A clock that leapt and stays there this long is right. */
const LEAP_BELIEVED_MS = 24 * 3_600_000;

/** Reports that wait for their acknowledgement, oldest first, each under a number that grows. */
export interface Outbox {
  /** Keeps a report (its JSON bytes, made at `at`): on disk when it returns, unless the disk refuses it. */
  append(body: Uint8Array, at: number): number;
  /** A waiting report. Undefined when it no longer waits, or when the disk gave back other bytes than were written. */
  read(id: number): { body: Uint8Array; at: number } | undefined;
  /** It arrived: it leaves. In any order; an unknown number changes nothing. */
  acknowledge(id: number): void;
  /** These arrived: report numbers of a run of this agent, this one or an earlier one, as closed ranges. */
  acknowledgeSeen(boot: string, seen: readonly (readonly [number, number])[]): void;
  /** Whether it waits. */
  has(id: number): boolean;
  /** Whether it waits on disk, rather than in memory because the disk refuses it. */
  isOnDisk(id: number): boolean;
  /** Numbers of what waits, oldest first. */
  waiting(): Iterable<number>;
  /** What was dropped and has not been told yet. */
  gap(): Gap | undefined;
  /** The collector was told of `gap`; what was dropped since then stays to be told. */
  settleGap(told: Gap): void;
  stats(): OutboxStats;
  /** Nothing may be called after. */
  close(): void;
}

export interface OutboxStats {
  /** Reports that wait, and their bytes. */
  reports: number;
  bytes: number;
  /** Lost since the start: too many, too old or damaged. */
  dropped: number;
  /** Of these, damaged on disk. */
  damaged: number;
  /** When the oldest that waits was made, milliseconds since 1970. */
  oldestAt: number | undefined;
}

export interface OutboxOptions {
  folder: string;
  /** On disk; beyond it the oldest segment goes. */
  maxBytes: number;
  maxAgeMs: number;
  now: () => number;
  log: Log;
  files?: OutboxFiles;
  segmentBytes?: number;
  /** What is kept in memory while the disk refuses. */
  memoryBytes?: number;
}

interface Entry {
  boot: string;
  seq: number;
  at: number;
  bodyBytes: number;
  /** Undefined while it is in memory only. */
  place: Place | undefined;
}

/**
 * Opens the outbox and finds again what an earlier run left. Never throws: on a disk that is full or read-only, reports
 * are kept in memory, fewer of them, until the disk takes them, and a line says so. What was written survives a kill at any moment; a power cut may
 * take what the system had not yet put on the disk, some thirty seconds at most.
 */
export function openOutbox(options: OutboxOptions): Outbox {
  const { folder, maxBytes, maxAgeMs, now, log, files = nodeFiles, memoryBytes = MEMORY_BYTES_MAX } = options;
  const segmentBytes = options.segmentBytes ?? Math.min(SEGMENT_BYTES_MAX, Math.floor(maxBytes / 4));
  const disk = openDisk(files, folder, segmentBytes);
  const entries = new Map<number, Entry>();
  /** Reports the disk has not taken yet, oldest first. */
  const inMemory = new Map<number, Uint8Array>();
  let nextId = 1;
  let bytes = 0;
  let bytesInMemory = 0;
  let dropped = 0;
  let damaged = 0;
  let diskIsWell = true;
  let gap = loadGap(files, folder);
  let lookedAt = now();
  /** When the clock leapt ahead, by the clock itself; undefined while it is believed. */
  let leaptAt: number | undefined;
  /** Of the report before: one text for a whole run, not one for each of its reports. */
  let boot = '';

  try {
    disk.recover(
      (body, place) => add(body, undefined, place),
      (file, fault) => {
        if ('error' in fault) return diskFailed(`the outbox cannot read ${file}`, fault.error);
        damaged += fault.stretches;
        dropped += fault.stretches;
        log('warn', 'damaged reports in the outbox were skipped', { file, damaged: fault.stretches });
      },
    );
  } catch (error) {
    diskFailed('the outbox cannot be opened', error);
  }
  enforceBounds();

  function add(body: Uint8Array, at: number | undefined, place: Place | undefined): number {
    const head = headOf(body);
    if (head.boot !== boot) boot = head.boot;
    const id = nextId++;
    entries.set(id, { boot, seq: head.seq, at: at ?? head.at ?? now(), bodyBytes: body.length, place });
    bytes += body.length;
    return id;
  }

  /** Puts on disk what is in memory. What the disk refuses stays, for the next time. */
  function writeOut(): void {
    try {
      for (const [id, body] of inMemory) {
        const entry = entries.get(id);
        if (entry) entry.place = disk.write(body);
        inMemory.delete(id);
        bytesInMemory -= body.length;
      }
      if (!diskIsWell) log('info', 'the outbox is on disk again', { folder });
      diskIsWell = true;
    } catch (error) {
      diskFailed('the outbox cannot be written: reports are kept in memory', error);
    }
  }

  function remove(id: number, { bodyBytes, place }: Entry): void {
    entries.delete(id);
    bytes -= bodyBytes;
    if (!place) {
      inMemory.delete(id);
      bytesInMemory -= bodyBytes;
      return;
    }
    try {
      disk.release(place);
    } catch (error) {
      diskFailed('sent reports cannot be removed from the outbox', error);
    }
  }

  /** Drops, oldest first, every entry that `isLost` names, and keeps the count of it on disk. */
  function drop(why: string, isLost: (entry: Entry) => boolean): void {
    const before = dropped;
    for (const [id, entry] of entries) {
      if (!isLost(entry)) continue;
      gap = widenGap(gap, entry.at);
      dropped += 1;
      remove(id, entry);
    }
    if (dropped === before) return;
    saveGap(files, folder, gap);
    log('warn', `waiting reports were dropped: ${why}`, { reports: dropped - before });
  }

  function enforceBounds(): void {
    const at = now();
    // Reports are added all the time: a gap like this is a clock that was set, and age by it is none.
    if (at - lookedAt > LEAP_MS) leaptAt = at;
    else if (leaptAt !== undefined && (at < leaptAt || at - leaptAt > LEAP_BELIEVED_MS)) leaptAt = undefined;
    lookedAt = at;
    const oldestAt = at - maxAgeMs;
    const isOld = (firstOf(entries.values())?.at ?? oldestAt) < oldestAt;
    if (isOld && leaptAt === undefined) drop('they are too old', ({ at }) => at < oldestAt);
    // Space comes back only with a whole segment, so the oldest one goes at once.
    for (let full = disk.oldestBeyond(maxBytes); full; full = disk.oldestBeyond(maxBytes)) {
      const segment = full;
      drop('the outbox is full', ({ place }) => place?.segment === segment);
    }
    if (bytesInMemory > memoryBytes) {
      drop('the disk refuses them', ({ place }) => !place && bytesInMemory > memoryBytes);
    }
  }

  function diskFailed(message: string, error: unknown): void {
    if (diskIsWell) log('error', message, { folder, error: describeError(error) });
    diskIsWell = false;
  }

  return {
    append(body, at) {
      if (body.length > BODY_BYTES_MAX) throw new RangeError(`a report of ${body.length} bytes is too long to keep`);
      const id = add(body, at, undefined);
      inMemory.set(id, body);
      bytesInMemory += body.length;
      writeOut();
      enforceBounds();
      return id;
    },

    read(id) {
      const entry = entries.get(id);
      if (!entry) return undefined;
      const { at, place } = entry;
      try {
        const body = place ? disk.read(place) : inMemory.get(id);
        if (body) return { body, at };
      } catch (error) {
        diskFailed('a waiting report cannot be read', error);
      }
      damaged += 1;
      drop('they are damaged', (other) => other === entry);
      return undefined;
    },

    acknowledge(id) {
      const entry = entries.get(id);
      if (entry) remove(id, entry);
    },

    acknowledgeSeen(run, seen) {
      for (const [id, entry] of entries) {
        if (entry.boot === run && seen.some(([from, to]) => from <= entry.seq && entry.seq <= to)) remove(id, entry);
      }
    },

    has: (id) => entries.has(id),
    isOnDisk: (id) => entries.get(id)?.place !== undefined,
    waiting: () => entries.keys(),
    gap: () => gap,

    settleGap(told) {
      if (!gap) return;
      const reports = gap.reports - told.reports;
      gap = reports > 0 ? { ...gap, reports } : undefined;
      saveGap(files, folder, gap);
    },

    stats: () => ({ reports: entries.size, bytes, dropped, damaged, oldestAt: firstOf(entries.values())?.at }),

    close() {
      if (inMemory.size > 0) writeOut();
      try {
        disk.close();
      } catch (error) {
        diskFailed('the outbox cannot be closed', error);
      }
    },
  };
}

function firstOf<T>(values: Iterable<T>): T | undefined {
  for (const value of values) return value;
  return undefined;
}
