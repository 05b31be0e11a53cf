import { numberOf, type SnmpValue, textOf } from '../value.ts';

/** One row of a column; a scalar is the row `0` of its own. */
export interface Row {
  /** Where the value stands, index and all. */
  oid: string;
  index: string;
  value: SnmpValue;
}

/** What a device answered, by OID. */
export class Snapshot {
  readonly #values: ReadonlyMap<string, SnmpValue>;
  readonly #columns = new Map<string, readonly Row[]>();
  #sorted: readonly string[] | undefined;

  constructor(values: ReadonlyMap<string, SnmpValue>) {
    this.#values = values;
  }

  get(oid: string): SnmpValue | undefined {
    return this.#values.get(oid);
  }

  text(oid: string): string | undefined {
    const value = this.#values.get(oid);
    return value && textOf(value);
  }

  number(oid: string): number | undefined {
    const value = this.#values.get(oid);
    return value && numberOf(value);
  }

  /** The same without what stands below any of these OIDs. */
  hiding(roots: readonly string[]): Snapshot {
    if (roots.length === 0) return this;
    return new Snapshot(new Map([...this.#values].filter(([oid]) => !roots.some((root) => isBelow(oid, root)))));
  }

  /** A column's rows in the order of their indexes; a scalar's one. */
  rows(oid: string): readonly Row[] {
    const scalar = this.#values.get(oid);
    if (scalar) return [{ oid, index: oid.slice(oid.lastIndexOf('.') + 1), value: scalar }];
    let rows = this.#columns.get(oid);
    if (!rows) {
      rows = this.#below(`${oid}.`);
      this.#columns.set(oid, rows);
    }
    return rows;
  }

  /** All that begins with the same text stands together in the order of texts: a column is found by halving. */
  #below(prefix: string): readonly Row[] {
    this.#sorted ??= [...this.#values.keys()].sort();
    const sorted = this.#sorted;
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    const rows: Row[] = [];
    for (let oid = sorted[low]; oid?.startsWith(prefix); oid = sorted[++low]) {
      rows.push({ oid, index: oid.slice(prefix.length), value: this.#values.get(oid) as SnmpValue });
    }
    return rows.sort((a, b) => compareIndexes(a.index, b.index));
  }
}

function compareIndexes(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (const [at, number] of left.entries()) {
    const difference = Number(number) - Number(right[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Is the OID this one, or below it? */
export const isBelow = (oid: string, root: string) => oid === root || oid.startsWith(`${root}.`);
