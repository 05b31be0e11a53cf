import type { Place } from './disk.ts';
import type { Segment } from './segment.ts';

/** What is known of a report that waits. */
export interface Entry {
  boot: string;
  seq: number;
  at: number;
  /** Undefined while it is in memory only. */
  place: Place | undefined;
}

/** Reports that wait, under numbers that grow. Any of them may be removed while one goes through them. */
export interface Entries {
  add(entry: Entry): number;
  get(id: number): Entry | undefined;
  has(id: number): boolean;
  /** The disk has taken it. */
  setPlace(id: number, place: Place): void;
  remove(id: number): void;
  size(): number;
  /** Oldest first. */
  ids(): Iterable<number>;
  /** Those of one run whose numbers are in these closed ranges. */
  named(boot: string, seen: readonly (readonly [number, number])[]): Iterable<number>;
}

const PER_CHUNK = 512;
const GONE = 0xffff;
const IN_MEMORY = 0xfffe;

/** Reports of neighbouring numbers, as columns of plain numbers. */
interface Chunk {
  waiting: number;
  /** `seq` and `at`: a clock may say anything. */
  heads: Float64Array;
  /** Offset and length on disk. */
  places: Uint32Array;
  /** Which of `boots`, and which of `segments`. */
  names: Uint16Array;
  boots: string[];
  segments: Segment[];
}

/** Three days without a line are tens of thousands of reports, and a gateway keeps those of every till: 30 bytes each. */
export function createEntries(): Entries {
  /** By the number of their first report, oldest first; one in which nothing waits is dropped. */
  const chunks = new Map<number, Chunk>();
  let nextId = 1;
  let size = 0;

  /** Where a waiting report stands. */
  function find(id: number): { chunk: Chunk; at: number } | undefined {
    const at = id % PER_CHUNK;
    const chunk = chunks.get(id - at);
    return chunk && chunk.names[2 * at + 1] !== GONE ? { chunk, at } : undefined;
  }

  function chunkFor(first: number): Chunk {
    const chunk = chunks.get(first) ?? emptyChunk();
    chunks.set(first, chunk);
    return chunk;
  }

  function setPlace(id: number, { segment, offset, bytes }: Place): void {
    const found = find(id);
    if (!found) return;
    const { chunk, at } = found;
    chunk.places[2 * at] = offset;
    chunk.places[2 * at + 1] = bytes;
    chunk.names[2 * at + 1] = indexIn(chunk.segments, segment);
  }

  return {
    add({ boot, seq, at: madeAt, place }) {
      const id = nextId++;
      const at = id % PER_CHUNK;
      const chunk = chunkFor(id - at);
      chunk.heads[2 * at] = seq;
      chunk.heads[2 * at + 1] = madeAt;
      chunk.names[2 * at] = indexIn(chunk.boots, boot);
      chunk.names[2 * at + 1] = IN_MEMORY;
      chunk.waiting += 1;
      size += 1;
      if (place) setPlace(id, place);
      return id;
    },

    get(id) {
      const found = find(id);
      if (!found) return undefined;
      const { chunk, at } = found;
      const { heads, places, names, boots, segments } = chunk;
      const number = (column: Float64Array | Uint32Array | Uint16Array, which: number) => column[2 * at + which] ?? 0;
      const segment = segments[number(names, 1)];
      return {
        boot: boots[number(names, 0)] ?? '',
        seq: number(heads, 0),
        at: number(heads, 1),
        place: segment && { segment, offset: number(places, 0), bytes: number(places, 1) },
      };
    },

    has: (id) => find(id) !== undefined,
    setPlace,

    remove(id) {
      const found = find(id);
      if (!found) return;
      const { chunk, at } = found;
      chunk.names[2 * at + 1] = GONE;
      chunk.waiting -= 1;
      size -= 1;
      if (chunk.waiting === 0) chunks.delete(id - at);
    },

    size: () => size,

    *ids() {
      for (const [first, { names }] of chunks) {
        for (let at = 0; at < PER_CHUNK; at += 1) if (names[2 * at + 1] !== GONE) yield first + at;
      }
    },

    *named(boot, seen) {
      for (const [first, { boots, names, heads }] of chunks) {
        const run = boots.indexOf(boot);
        if (run < 0) continue;
        for (let at = 0; at < PER_CHUNK; at += 1) {
          if (names[2 * at + 1] === GONE || names[2 * at] !== run) continue;
          const seq = heads[2 * at] as number;
          if (seen.some(([from, to]) => from <= seq && seq <= to)) yield first + at;
        }
      }
    },
  };
}

const emptyChunk = (): Chunk => ({
  waiting: 0,
  heads: new Float64Array(2 * PER_CHUNK),
  places: new Uint32Array(2 * PER_CHUNK),
  names: new Uint16Array(2 * PER_CHUNK).fill(GONE),
  boots: [],
  segments: [],
});

/** The latest is asked for most. */
function indexIn<T>(list: T[], value: T): number {
  const at = list.lastIndexOf(value);
  return at >= 0 ? at : list.push(value) - 1;
}
