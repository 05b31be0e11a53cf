import * as nodeFiles from 'node:fs';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { openDisk, type Place } from './disk.ts';
import { createEntries, type Entry } from './entries.ts';
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
  /** It cannot be delivered, whatever is done: it leaves, counted as damaged. */
  discard(id: number): void;
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
  /** Reports that wait, and the bytes they take: on disk, packed; in memory, as they are. */
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
  /** Each costs some thirty bytes of memory; beyond it the oldest segment goes, too. */
  maxReports?: number;
  maxAgeMs: number;
  now: () => number;
  log: Log;
  files?: OutboxFiles;
  segmentBytes?: number;
  /** What is kept in memory while the disk refuses. */
  memoryBytes?: number;
}

/**
 * Opens the outbox and finds again what an earlier run left. Never throws: on a disk that is full or read-only, reports
 * are kept in memory, fewer of them, until the disk takes them, and a line says so. What was written survives a kill at any moment; a power cut may
 * take what the system had not yet put on the disk, some thirty seconds at most.
 */
export function openOutbox(options: OutboxOptions): Outbox {
  const { folder, maxBytes, maxAgeMs, now, log, files = nodeFiles, memoryBytes = MEMORY_BYTES_MAX } = options;
  const maxReports = options.maxReports ?? Number.POSITIVE_INFINITY;
  const segmentBytes = options.segmentBytes ?? Math.min(SEGMENT_BYTES_MAX, Math.floor(maxBytes / 4));
  const disk = openDisk(files, folder, segmentBytes);
  const entries = createEntries();
  /** Reports the disk has not taken yet, oldest first. */
  const inMemory = new Map<number, Uint8Array>();
  let bytesOnDisk = 0;
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
      (head, place) => {
        add(head, undefined, place);
        bytesOnDisk += place.bytes;
      },
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

  /** Of its body, the first bytes suffice. */
  function add(body: Uint8Array, at: number | undefined, place: Place | undefined): number {
    const head = headOf(body);
    if (head.boot !== boot) boot = head.boot;
    return entries.add({ boot, seq: head.seq, at: at ?? head.at ?? now(), place });
  }

  /** Puts on disk what is in memory. What the disk refuses stays, for the next time. */
  function writeOut(): void {
    try {
      for (const [id, body] of inMemory) {
        const place = disk.write(body);
        entries.setPlace(id, place);
        bytesOnDisk += place.bytes;
        forgetInMemory(id);
      }
      if (!diskIsWell) log('info', 'the outbox is on disk again', { folder });
      diskIsWell = true;
    } catch (error) {
      diskFailed('the outbox cannot be written: reports are kept in memory', error);
    }
  }

  function forgetInMemory(id: number): void {
    bytesInMemory -= inMemory.get(id)?.length ?? 0;
    inMemory.delete(id);
  }

  function remove(id: number): void {
    const place = entries.get(id)?.place;
    entries.remove(id);
    if (!place) {
      forgetInMemory(id);
      return;
    }
    bytesOnDisk -= place.bytes;
    try {
      disk.release(place);
    } catch (error) {
      diskFailed('sent reports cannot be removed from the outbox', error);
    }
  }

  /** Drops these, and keeps the count of them on disk. */
  function drop(why: string, lost: Iterable<number>): void {
    const before = dropped;
    for (const id of lost) {
      gap = widenGap(gap, entries.get(id)?.at ?? now());
      dropped += 1;
      remove(id);
    }
    if (dropped === before) return;
    saveGap(files, folder, gap);
    log('warn', `waiting reports were dropped: ${why}`, { reports: dropped - before });
  }

  function* idsOf(isIt: (entry: Entry) => boolean): Iterable<number> {
    for (const id of entries.ids()) {
      const entry = entries.get(id);
      if (entry && isIt(entry)) yield id;
    }
  }

  function discard(id: number): void {
    if (!entries.has(id)) return;
    damaged += 1;
    drop('they are damaged', [id]);
  }

  function enforceBounds(): void {
    const at = now();
    // Reports are added all the time: a gap like this is a clock that was set, and age by it is none.
    if (at - lookedAt > LEAP_MS) leaptAt = at;
    else if (leaptAt !== undefined && (at < leaptAt || at - leaptAt > LEAP_BELIEVED_MS)) leaptAt = undefined;
    lookedAt = at;
    const oldestAt = at - maxAgeMs;
    const isOld = (oldest()?.at ?? oldestAt) < oldestAt;
    if (isOld && leaptAt === undefined)
      drop(
        'they are too old',
        idsOf(({ at }) => at < oldestAt),
      );
    // Space comes back only with a whole segment, so the oldest one goes at once.
    while (disk.bytes() > maxBytes || entries.size() > maxReports) {
      const segment = disk.oldest();
      if (!segment) break;
      drop(
        'the outbox is full',
        idsOf(({ place }) => place?.segment === segment),
      );
    }
    if (bytesInMemory > memoryBytes) {
      drop(
        'the disk refuses them',
        idsOf(({ place }) => !place && bytesInMemory > memoryBytes),
      );
    }
  }

  function oldest(): Entry | undefined {
    for (const id of entries.ids()) return entries.get(id);
    return undefined;
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
      discard(id);
      return undefined;
    },

    acknowledge(id) {
      remove(id);
    },

    discard,

    acknowledgeSeen(run, seen) {
      for (const id of entries.named(run, seen)) remove(id);
    },

    has: entries.has,
    isOnDisk: (id) => entries.has(id) && !inMemory.has(id),
    waiting: entries.ids,
    gap: () => gap,

    settleGap(told) {
      if (!gap) return;
      const reports = gap.reports - told.reports;
      gap = reports > 0 ? { ...gap, reports } : undefined;
      saveGap(files, folder, gap);
    },

    stats: () => ({
      reports: entries.size(),
      bytes: bytesOnDisk + bytesInMemory,
      dropped,
      damaged,
      oldestAt: oldest()?.at,
    }),

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
