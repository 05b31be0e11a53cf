import type { DeviceKey } from '../../protocol/names.ts';
import type { Reading } from '../../protocol/views.ts';
import type {
  Horizons,
  MetricRow,
  MetricsStats,
  MetricsStore,
  RangeQuery,
  RangeSeries,
  RollupRow,
  ScanBatch,
} from '../ports.ts';
import { ChunkReader, type DamagedChunk } from './chunk-reader.ts';
import type { Column } from './column.ts';
import { mergeOnce } from './compaction.ts';
import { DeviceNumbers } from './device-numbers.ts';
import { saveLatest, writeMemtable } from './flush.ts';
import { dropBefore, readLatest, takeLatest } from './latest-samples.ts';
import { RAW, WIDTHS, wholeBuckets } from './levels.ts';
import { Memtable } from './memtable.ts';
import { mergeColumns } from './merge-columns.ts';
import { MetricsFile, type Totals } from './metrics-file.ts';
import type { PackedPast } from './packed-past.ts';
import { groupRollups, latestOf, replaceRollups } from './replace-rollups.ts';
import { dropEmptyDevice, retainOnce } from './retention.ts';
import { scanFile } from './scan.ts';
import { compareNames, SeriesDictionary, type SeriesName } from './series-dictionary.ts';
import { explainError } from './store-error.ts';
import { tellRange } from './tell-range.ts';
import { JobQueue, Turns } from './turns.ts';

export interface EmbeddedMetricsOptions {
  /** Told once of each chunk that can't be read. */
  onDamage: (damage: DamagedChunk) => void;
  /** Memory for samples not yet on disk, per device that has some, from which on `needsFlush` says yes. Default 2,048. */
  flushBytesPerDevice?: number;
  /** But not below this much in all. Default 4 MiB. */
  flushBytes?: number;
}

/**
 * Opens the metrics store in its own file, which it makes where there is none, and keeps for itself alone. Throws a
 * MetricsStoreError, a plain sentence that names the file, when it can't be used.
 */
export function openEmbeddedMetricsStore(path: string, options: EmbeddedMetricsOptions): EmbeddedMetricsStore {
  return new EmbeddedMetricsStore(path, options);
}

/**
 * Samples go to memory first and are told from there; `flush` writes them as one small chunk per device; `compact` makes
 * few large chunks of many small ones; `retain` makes roll-ups of old ones. What is in memory only is lost with the
 * process: the report log has it still.
 */
export class EmbeddedMetricsStore implements MetricsStore {
  readonly #file: MetricsFile;
  readonly #reader: ChunkReader;
  readonly #dictionary = new SeriesDictionary();
  readonly #devices = new DeviceNumbers();
  readonly #flushBytesPerDevice: number;
  readonly #flushBytes: number;
  /** One at a time has the file. */
  readonly #jobs = new JobQueue();
  readonly #retentions = new JobQueue();
  #totals: Totals;
  /** The last log row that stays on disk even if the power fails now. */
  #applied: number;
  /** True when something was written that a loss of power may undo. */
  #unsafe = false;
  /** Scans at work: roll-ups made meanwhile would be told twice, or not at all. */
  #scans = 0;
  /** Series whose names are on disk. */
  #savedSeries: number;
  /** The active one takes what comes; a flush writes the waiting ones, in order. */
  #active: Memtable;
  #waiting: Memtable[] = [];
  readonly #sparePages: Float64Array[] = [];
  /** Where the next round of `compact` goes on. */
  #compacted = 0;
  #closing = false;

  constructor(path: string, options: EmbeddedMetricsOptions) {
    this.#file = new MetricsFile(path);
    this.#reader = new ChunkReader(this.#file, (device) => this.#devices.keyOf(device), options.onDamage);
    this.#flushBytesPerDevice = options.flushBytesPerDevice ?? 2048;
    this.#flushBytes = options.flushBytes ?? 4 * 1024 * 1024;
    this.#totals = this.#file.totals();
    this.#applied = this.#totals.applied;
    for (const name of this.#file.series()) this.#dictionary.numberOf(name);
    this.#savedSeries = this.#dictionary.size;
    for (const { id, key } of this.#file.devices()) this.#devices.restore(key, id);
    this.#active = new Memtable(this.#totals.applied, this.#sparePages);
  }

  /** May be called while `flush` or another job is at work. A value that is not a finite number is no sample. */
  append(rows: readonly MetricRow[], logId?: number): void {
    if (logId !== undefined && logId <= this.#active.appliedLogId) return;
    for (const { device, at, measurement, tags, fields } of rows) {
      if (!Number.isFinite(at)) continue;
      const number = this.#devices.numberOf(device);
      const known = this.#dictionary.fieldsOf(measurement, tags);
      for (const field in fields) {
        const value = fields[field] as number;
        if (!Number.isFinite(value)) continue;
        const series = known.get(field) ?? this.#dictionary.numberOf({ measurement, tags, field });
        // Adding zero makes of minus zero a plain one.
        this.#active.add(number, Math.floor(at), series, value + 0);
      }
    }
    this.#active.seal(logId ?? this.#active.appliedLogId);
  }

  /** True when there is enough in memory that it should go to disk now. */
  needsFlush(): boolean {
    const { bytes, devices } = this.#active;
    return bytes >= Math.max(this.#flushBytes, devices * this.#flushBytesPerDevice);
  }

  /** One transaction, worked on in short turns. When it fails all stays in memory, for the next one. */
  flush(): Promise<number> {
    return this.#jobs.run(() => this.#flush());
  }

  appliedLogId(): number {
    return this.#applied;
  }

  range(query: RangeQuery): RangeSeries[] {
    const { stepMs } = query;
    if (!(stepMs > 0)) throw new RangeError(`stepMs is ${stepMs}, expected a number above 0`);
    const device = this.#devices.find(query.device);
    if (device === undefined) return [];
    const source = {
      file: this.#file,
      reader: this.#reader,
      nameOf: (series: number) => this.#dictionary.nameOf(series),
      unwritten: (wants: (series: number) => boolean) => this.#unwritten(device, wants),
    };
    return tellRange(source, device, { ...query, from: Math.max(query.from, this.#totals.horizon) });
  }

  /**
   * What is kept of a device between two instants, still packed, for whoever opens it elsewhere: see `PackedReader`. A
   * chunk may hold more than was asked for.
   */
  packed(key: DeviceKey, from: number, to: number): PackedPast {
    const since = Math.max(from, this.#totals.horizon);
    const device = this.#devices.find(key);
    if (device === undefined) return { since, chunks: [], unwritten: [] };
    const chunks = WIDTHS.flatMap((width) =>
      this.#file
        .chunksWithin(device, width, since, to)
        .map(({ id }) => ({ width, bytes: this.#file.chunkColumns(id) })),
    );
    return { since, chunks, unwritten: this.#unwritten(device, () => true) };
  }

  /** The names of all series after number `after`, in the order of their numbers. */
  seriesNames(after: number): SeriesName[] {
    return Array.from({ length: this.#dictionary.size - after }, (_, i) => this.#dictionary.nameOf(after + i + 1));
  }

  last(device: DeviceKey): Reading[] {
    const number = this.#devices.find(device);
    if (number === undefined) return [];
    const latest = readLatest(this.#file.latest(number));
    takeLatest(latest, mergeColumns(this.#unwritten(number, () => true)));
    dropBefore(latest, this.#totals.horizon);
    return [...latest]
      .map(([series, { at, value }]) => ({ name: this.#dictionary.nameOf(series), at, value }))
      .sort((a, b) => compareNames(a.name, b.name))
      .map(({ name: { measurement, field, tags }, value, at }) => ({
        measurement,
        field,
        tags: { ...tags },
        value,
        at,
      }));
  }

  /**
   * From now on nothing before `horizons.hour` is told; a later call with an earlier instant shows again what was not
   * removed yet. Works through the devices in short turns, and lets others have the file after every few. Ends early when
   * a scan begins: the next call does the rest.
   */
  retain(horizons: Horizons): Promise<void> {
    const whole = wholeBuckets(horizons);
    return this.#retentions.run(async () => {
      let after: number | undefined = await this.#jobs.run(async () => {
        if (this.#closing) return undefined;
        // What replaces a sample on disk must stand beside it when that becomes part of a roll-up.
        await this.#flush();
        await this.#transact((totals) => {
          totals.horizon = whole.hour;
        });
        return 0;
      });
      while (after !== undefined) {
        const from: number = after;
        after = await this.#jobs.run(() => this.#retainSome(from, whole));
      }
    });
  }

  /** Flushes first; no roll-ups are made until it ends. */
  async *scan(): AsyncGenerator<ScanBatch> {
    this.#scans++;
    try {
      // Waits for the job at work, which may be making roll-ups.
      await this.flush();
      yield* scanFile({
        file: this.#file,
        reader: this.#reader,
        horizon: this.#totals.horizon,
        keyOf: (device) => this.#devices.keyOf(device),
        nameOf: (series) => this.#dictionary.nameOf(series),
      });
    } finally {
      this.#scans--;
    }
  }

  appendRollups(rows: readonly RollupRow[]): Promise<void> {
    return this.#jobs.run(async () => {
      const groups = groupRollups(
        rows,
        (key) => this.#devices.numberOf(key),
        (name) => this.#dictionary.numberOf(name),
      );
      const series = this.#dictionary.size;
      await this.#transact((totals) => {
        this.#saveSeries(series);
        for (const group of groups) {
          replaceRollups(this.#file, this.#reader, group);
          saveLatest(this.#file, group.device, this.#devices.keyOf(group.device), latestOf(group), totals);
        }
      });
      this.#savedSeries = series;
      await this.#checkpoint();
    });
  }

  /** Merges the chunks of about every sixtieth device, so that a minute of such steps goes once around. */
  async maintain(): Promise<void> {
    await this.compact(Math.max(32, Math.ceil(this.#devices.count / 60)));
  }

  /**
   * Looks at the next `maxDevices` devices, round and round, and merges their small chunks where there are enough, in
   * short turns. Returns how many chunks went into larger ones.
   */
  compact(maxDevices: number): Promise<number> {
    return this.#jobs.run(async () => {
      let chunks = 0;
      const next = await this.#visit(this.#compacted, maxDevices, (device, totals) => {
        const merged = mergeOnce(this.#file, this.#reader, device, RAW);
        chunks += merged?.chunks ?? 0;
        totals.samples -= merged?.replaced ?? 0;
        return { samples: merged?.samples ?? 0 };
      });
      this.#compacted = next ?? 0;
      if (chunks > 0) await this.#checkpoint();
      return chunks;
    });
  }

  /** What is on disk. */
  stats(): MetricsStats {
    const { series, samples } = this.#totals;
    return { series, samples, bytes: this.#file.bytes() };
  }

  /** Waits for the job at work. Does not flush: what is in memory only, the log gives again. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#jobs.run(() => this.#file.close());
  }

  /** Of the next devices after number `after`. Returns the last one's number; undefined at the end. */
  async #retainSome(after: number, horizons: Horizons): Promise<number | undefined> {
    if (this.#closing || this.#scans > 0) return undefined;
    const gone: number[] = [];
    const last = await this.#visit(after, RETAIN_DEVICES, (device, totals) => {
      const work = { file: this.#file, reader: this.#reader, totals };
      const samples = retainOnce(work, device, horizons);
      if (samples > 0) return { samples, again: true };
      if (!this.#isInMemory(device) && dropEmptyDevice(work, device)) gone.push(device);
      return { samples };
    });
    await this.#checkpoint();
    // Samples may have come meanwhile: the next flush makes such a device known to the file again.
    for (const device of gone) if (!this.#isInMemory(device)) this.#devices.forget(device);
    return last;
  }

  async #flush(): Promise<number> {
    const logId = this.#active.appliedLogId;
    if (logId !== this.#totals.applied || this.#active.devices > 0 || this.#waiting.length > 0) {
      await this.#write(logId);
      this.#unsafe = true;
    }
    if (this.#unsafe) {
      await this.#checkpoint();
      this.#unsafe = false;
      this.#applied = logId;
    }
    return logId;
  }

  /** Writes all that came up to `logId`, which is the last. */
  async #write(logId: number): Promise<void> {
    if (this.#active.devices > 0) {
      this.#waiting.push(this.#active);
      this.#active = new Memtable(logId, this.#sparePages);
    }
    const series = this.#dictionary.size;
    await this.#transact(async (totals) => {
      this.#saveSeries(series);
      for (const memtable of this.#waiting) {
        await writeMemtable(this.#file, memtable, (device) => this.#devices.keyOf(device), totals);
      }
      totals.applied = logId;
    });
    this.#savedSeries = series;
    for (const memtable of this.#waiting) memtable.release();
    this.#waiting = [];
  }

  /** Makes the file know names up to this number. */
  #saveSeries(last: number): void {
    for (let number = this.#savedSeries + 1; number <= last; number++) {
      this.#file.addSeries(number, this.#dictionary.nameOf(number));
    }
  }

  async #checkpoint(): Promise<void> {
    try {
      await this.#file.checkpoint();
    } catch (error) {
      throw explainError(this.#file.path, error);
    }
  }

  #isInMemory(device: number): boolean {
    return [...this.#waiting, this.#active].some((memtable) => memtable.has(device));
  }

  #unwritten(device: number, wants: (series: number) => boolean): Column[] {
    return [...this.#waiting, this.#active].flatMap((memtable) => memtable.columns(device, wants));
  }

  /**
   * Works on devices after number `after` until `limit` were seen, on each as long as the work says `again`. Returns the
   * last one's number; undefined at the end.
   */
  async #visit(
    after: number,
    limit: number,
    work: (device: number, totals: Totals) => { samples: number; again?: boolean },
  ): Promise<number | undefined> {
    const devices = this.#file.deviceIdsAfter(after, limit);
    const turns = new Turns();
    let done = 0;
    while (done < devices.length && !this.#closing) {
      await this.#transact((totals) => {
        let enough = false;
        while (done < devices.length && !enough) {
          const { samples, again } = work(devices[done] as number, totals);
          if (!again) done++;
          enough = turns.spend(samples);
        }
      });
      await turns.next();
    }
    return done < limit ? undefined : devices[done - 1];
  }

  /** Whole or not at all, in the file and in what is known of it. */
  async #transact(work: (totals: Totals) => void | Promise<void>): Promise<void> {
    const totals = { ...this.#totals };
    try {
      this.#file.begin();
      await work(totals);
      this.#file.saveTotals(totals);
      this.#file.commit();
    } catch (error) {
      this.#file.rollback();
      throw explainError(this.#file.path, error);
    }
    this.#totals = totals;
  }
}

/** Others wait for about this many. */
const RETAIN_DEVICES = 128;
