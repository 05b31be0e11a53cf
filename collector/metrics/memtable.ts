import type { Column } from './column.ts';

/** One more series at the end of a record: records of the same series in the same order bear the same shape. */
interface Shape {
  parent: number;
  series: number;
  length: number;
  next: Map<number, number>;
  /** The series of the whole record, once asked for. */
  list?: Int32Array;
}

/** Numbers per page: 256 KB, so that an idle installation holds little. */
const PAGE = 32_768;
/** Link, instant, shape. */
const HEADER = 3;
const NONE = -1;

/**
 * Samples not yet on disk. Records of one device and instant stand in pages in the order they came, each linked to the
 * device's record before it: 8 bytes per value, 24 per record, and 4 per device.
 */
export class Memtable {
  readonly #pages: Float64Array[] = [];
  readonly #shapes: Shape[] = [{ parent: NONE, series: NONE, length: 0, next: new Map() }];
  #heads = new Int32Array(64).fill(NONE);
  #devices = 0;
  #used = PAGE;
  /** The record being written. */
  #open: { device: number; at: number; start: number; shape: number } | undefined;
  #appliedLogId: number;
  readonly #spare: Float64Array[];

  /** `appliedLogId`: the last log row before the ones to come. `spare`: pages that other memtables are done with. */
  constructor(appliedLogId: number, spare: Float64Array[]) {
    this.#appliedLogId = appliedLogId;
    this.#spare = spare;
  }

  /** The last log row whose samples are here or before. */
  get appliedLogId(): number {
    return this.#appliedLogId;
  }

  /** Devices that have samples here. */
  get devices(): number {
    return this.#devices;
  }

  get bytes(): number {
    return this.#pages.length === 0 ? 0 : ((this.#pages.length - 1) * PAGE + this.#used) * 8 + this.#heads.byteLength;
  }

  /** `device` and `series` are small whole numbers. Samples of one device and instant are best added in a row. */
  add(device: number, at: number, series: number, value: number): void {
    if (this.#open?.device !== device || this.#open.at !== at) this.#begin(device, at);
    else if (this.#used === PAGE) this.#begin(device, at);
    const open = this.#open as { shape: number };
    (this.#pages[this.#pages.length - 1] as Float64Array)[this.#used++] = value;
    open.shape = this.#extend(open.shape, series);
  }

  /** Its samples are on disk: others may have its pages. */
  release(): void {
    this.#spare.length = 0;
    this.#spare.push(...this.#pages);
  }

  /** The samples of `logId` are all added. */
  seal(logId: number): void {
    this.#end();
    this.#appliedLogId = logId;
  }

  has(device: number): boolean {
    return device < this.#heads.length && this.#heads[device] !== NONE;
  }

  /** Ascending numbers of the devices that have samples here. */
  *deviceIds(): Generator<number> {
    for (let device = 0; device < this.#heads.length; device++) if (this.#heads[device] !== NONE) yield device;
  }

  /** Columns in the order they came: see `mergeColumns`. */
  columns(device: number, wants: (series: number) => boolean): Column[] {
    const columns: Column[] = [];
    for (const run of this.#runs(device)) {
      const times = this.#gather(run.starts, 1);
      run.series.forEach((series, i) => {
        if (!wants(series)) return;
        columns.push({ series, times, values: this.#gather(run.starts, HEADER + i) });
      });
    }
    return columns;
  }

  /** Records of one shape, ascending in time, that came one after the other. */
  *#runs(device: number): Generator<{ series: Int32Array; starts: number[] }> {
    const records: number[] = [];
    if (this.has(device)) {
      for (let at = this.#heads[device] as number; at !== NONE; at = this.#read(at)) records.push(at);
    }
    let run: { shape: number; starts: number[] } | undefined;
    let before = 0;
    for (let i = records.length - 1; i >= 0; i--) {
      const start = records[i] as number;
      const at = this.#read(start + 1);
      const shape = this.#read(start + 2);
      if (run?.shape === shape && at > before) run.starts.push(start);
      else {
        if (run) yield { series: this.#seriesOf(run.shape), starts: run.starts };
        run = { shape, starts: [start] };
      }
      before = at;
    }
    if (run) yield { series: this.#seriesOf(run.shape), starts: run.starts };
  }

  #begin(device: number, at: number): void {
    this.#end();
    if (this.#used + HEADER >= PAGE) {
      this.#pages.push(this.#spare.pop() ?? new Float64Array(PAGE));
      this.#used = 0;
    }
    const start = (this.#pages.length - 1) * PAGE + this.#used;
    this.#used += HEADER;
    this.#open = { device, at, start, shape: 0 };
  }

  #end(): void {
    if (!this.#open) return;
    const { device, at, start, shape } = this.#open;
    this.#reserveHead(device);
    const page = this.#pages[this.#pages.length - 1] as Float64Array;
    const offset = start % PAGE;
    const head = this.#heads[device] as number;
    if (head === NONE) this.#devices++;
    page[offset] = head;
    page[offset + 1] = at;
    page[offset + 2] = shape;
    this.#heads[device] = start;
    this.#open = undefined;
  }

  #extend(shape: number, series: number): number {
    const from = this.#shapes[shape] as Shape;
    const known = from.next.get(series);
    if (known !== undefined) return known;
    const added = this.#shapes.push({ parent: shape, series, length: from.length + 1, next: new Map() }) - 1;
    from.next.set(series, added);
    return added;
  }

  #seriesOf(shape: number): Int32Array {
    const last = this.#shapes[shape] as Shape;
    if (!last.list) {
      last.list = new Int32Array(last.length);
      for (let one = last; one.length > 0; one = this.#shapes[one.parent] as Shape) {
        last.list[one.length - 1] = one.series;
      }
    }
    return last.list;
  }

  #gather(starts: readonly number[], offset: number): Float64Array {
    const numbers = new Float64Array(starts.length);
    for (let i = 0; i < starts.length; i++) numbers[i] = this.#read((starts[i] as number) + offset);
    return numbers;
  }

  #read(place: number): number {
    return (this.#pages[Math.floor(place / PAGE)] as Float64Array)[place % PAGE] as number;
  }

  #reserveHead(device: number): void {
    if (device < this.#heads.length) return;
    const larger = new Int32Array(Math.max(device + 1, this.#heads.length * 2)).fill(NONE);
    larger.set(this.#heads);
    this.#heads = larger;
  }
}
