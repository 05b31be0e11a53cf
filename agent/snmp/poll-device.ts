import type { SnmpSession } from './client/session.ts';
import type { WalkBounds } from './client/walk.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { type Asked, questionsOf } from './evaluate/questions.ts';
import { Snapshot } from './evaluate/snapshot.ts';
import type { Polled } from './points.ts';
import type { SnmpProfile } from './profile.ts';
import { type CounterSample, hasRestarted, ratesBetween } from './rates.ts';
import { COUNTER_SCALARS, counterColumns, readCounters } from './read/counters.ts';
import { readDevice } from './read/read-device.ts';
import type { SnmpValue } from './value.ts';

/** Names, limits and identity are read anew so often, and what the device lacked is asked for again. */
const WHOLE_EVERY_MS = 600_000;
// IF-MIB ifTableLastChange and ENTITY-MIB entLastChangeTime: when they move, rows have come or gone.
const MARKS_EVERY_MS = 120_000;
const CHANGE_MARKS = ['1.3.6.1.2.1.31.1.5.0', '1.3.6.1.2.1.47.1.4.1.0'];
const UPTIME = '1.3.6.1.2.1.1.3.0';
const BOUNDS: WalkBounds = { rowsPerColumn: 2000, values: 40_000, durationMs: 60_000 };

export interface DevicePollerOptions {
  session: Pick<SnmpSession, 'get' | 'walk' | 'engine'>;
  /** All there are. */
  profiles: readonly SnmpProfile[];
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  /** From 0 to 1: its second whole look comes earlier by as much, so that devices which begin together part. */
  lead?: number;
  bounds?: WalkBounds;
}

/** Reads one device again and again: all of it now and then, in between only what changes. */
export interface DevicePoller {
  /** Rejects with an `SnmpFault` when it does not answer. */
  poll(signal: AbortSignal): Promise<Polled>;
  /** One small question. Rejects as `poll` does. */
  probe(signal: AbortSignal): Promise<void>;
}

/** What the last whole look found. */
interface Known {
  chosen: readonly SnmpProfile[];
  /** What need not be asked again for a while. */
  slow: ReadonlyMap<string, SnmpValue>;
  /** Only what the device has. */
  fast: Asked;
  marks: readonly (number | undefined)[];
  faults: Polled['faults'];
  at: number;
  wholeDueAt: number;
}

export function createDevicePoller(options: DevicePollerOptions): DevicePoller {
  const { session, profiles, now, lead = 0, bounds = BOUNDS } = options;
  let known: Known | undefined;
  let counted: CounterSample | undefined;

  async function readWhole(signal: AbortSignal): Promise<Polled> {
    const from = now();
    const { reading, faults, chosen, values } = await readDevice(session, { profiles, bounds, now, signal });
    const { snapshot, at, unread } = await readFast(
      { scalars: [...COUNTER_SCALARS, ...CHANGE_MARKS], columns: counterColumns() },
      values,
      signal,
    );
    const leadMs = known ? 0 : lead * WHOLE_EVERY_MS;
    known = {
      chosen,
      ...split(chosen, snapshot),
      marks: CHANGE_MARKS.map((oid) => snapshot.number(oid)),
      faults,
      at: from,
      wholeDueAt: from + WHOLE_EVERY_MS - leadMs,
    };
    return {
      reading,
      faults: [...faults, ...unread],
      rates: rates(snapshot, reading, at),
      tookMs: now() - from,
      values: values.size,
    };
  }

  async function readAgain({ chosen, slow, fast, faults }: Known, signal: AbortSignal): Promise<Polled | undefined> {
    const from = now();
    const { snapshot, at, values, unread } = await readFast(fast, slow, signal);
    if (isOutdated(snapshot, at)) return undefined;
    const reading = evaluate(chosen, snapshot);
    return {
      reading,
      faults: [...faults, ...unread],
      rates: rates(snapshot, reading, at),
      tookMs: now() - from,
      values,
    };
  }

  async function readFast(asked: Asked, before: ReadonlyMap<string, SnmpValue>, signal: AbortSignal) {
    const all = new Map(before);
    // Counters stand first among the columns: the moment is theirs.
    const at = now();
    const scalars = await session.get(asked.scalars, signal);
    const walk = await session.walk(asked.columns, bounds, signal);
    for (const told of [scalars, walk.values]) for (const [oid, value] of told) all.set(oid, value);
    const unread = walk.faults.map((fault) => ({ part: partOf(fault.oid), fault }));
    return { snapshot: new Snapshot(all), at, values: scalars.size + walk.values.size, unread };
  }

  /** It has started anew, or rows have come or gone. */
  function isOutdated(snapshot: Snapshot, at: number): boolean {
    const uptimeCs = snapshot.number(UPTIME);
    const before = counted;
    const isNew =
      before !== undefined &&
      uptimeCs !== undefined &&
      hasRestarted(before, { at, uptimeCs, interfaces: new Map() }, (at - before.at) / 1000);
    if (isNew || !known) return true;
    // Some devices move their marks all the time.
    return at - known.at >= MARKS_EVERY_MS && CHANGE_MARKS.some((oid, i) => snapshot.number(oid) !== known?.marks[i]);
  }

  function rates(snapshot: Snapshot, reading: Polled['reading'], at: number): Polled['rates'] {
    const sample = readCounters(snapshot, reading.interfaces ?? [], at, session.engine());
    const told = counted ? ratesBetween(counted, sample) : new Map();
    counted = sample;
    return told;
  }

  return {
    async poll(signal) {
      const isDue = known === undefined || now() >= known.wholeDueAt;
      const again = known && !isDue ? await readAgain(known, signal) : undefined;
      return again ?? readWhole(signal);
    },
    async probe(signal) {
      await session.get([UPTIME], signal);
    },
  };
}

const partOf = (oid = ''): string => (/^1\.3\.6\.1\.2\.1\.(2|31)\./.test(oid) ? 'interfaces' : 'values');

/** What a first look at everything tells of the looks to come. */
function split(chosen: readonly SnmpProfile[], first: Snapshot): Pick<Known, 'slow' | 'fast'> {
  const questions = questionsOf(chosen);
  const slow = new Map<string, SnmpValue>();
  for (const oid of [...questions.slow.scalars, ...questions.slow.columns]) {
    for (const row of first.rows(oid)) slow.set(row.oid, row.value);
  }
  const isThere = (oid: string) => first.rows(oid).length > 0;
  const scalars = [...COUNTER_SCALARS, ...CHANGE_MARKS, ...questions.fast.scalars];
  const columns = [...counterColumns(first), ...questions.fast.columns];
  return {
    slow,
    fast: { scalars: [...new Set(scalars)].filter(isThere), columns: [...new Set(columns)].filter(isThere) },
  };
}
