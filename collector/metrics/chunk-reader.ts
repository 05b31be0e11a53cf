import type { DeviceKey } from '../../protocol/names.ts';
import { decodeChunk } from './chunk-format.ts';
import type { Column } from './column.ts';
import type { ChunkRow, MetricsFile } from './metrics-file.ts';

/** A chunk that can't be read: its samples are left out, the others are told. */
export interface DamagedChunk {
  device: DeviceKey;
  chunk: number;
  /** First and last instant it is said to hold, milliseconds since 1970. */
  start: number;
  end: number;
  samples: number;
  /** A sentence that names all of this. */
  message: string;
}

/** Reads chunks; tells of each damaged one once, and skips it. */
export class ChunkReader {
  readonly #file: MetricsFile;
  readonly #keyOf: (device: number) => DeviceKey;
  readonly #onDamage: (damage: DamagedChunk) => void;
  readonly #damaged = new Set<number>();

  constructor(file: MetricsFile, keyOf: (device: number) => DeviceKey, onDamage: (damage: DamagedChunk) => void) {
    this.#file = file;
    this.#keyOf = keyOf;
    this.#onDamage = onDamage;
  }

  /** Undefined when the chunk is damaged. */
  read(device: number, row: ChunkRow, wants: (series: number) => boolean): Column[] | undefined {
    if (this.#damaged.has(row.id)) return undefined;
    try {
      return decodeChunk(this.#file.chunkColumns(row.id), wants);
    } catch (error) {
      this.#report(device, row, (error as Error).message);
      return undefined;
    }
  }

  isDamaged(chunk: number): boolean {
    return this.#damaged.has(chunk);
  }

  #report(device: number, { id, start, end, samples }: ChunkRow, reason: string): void {
    this.#damaged.add(id);
    const key = this.#keyOf(device);
    const span = `${new Date(start).toISOString()} to ${new Date(end).toISOString()}`;
    const message = `${this.#file.path}: chunk ${id} of ${key} (${samples} samples, ${span}) is damaged: ${reason}; its samples are left out.`;
    this.#onDamage({ device: key, chunk: id, start, end, samples, message });
  }
}
