/** What a series measures. The same words on every till are one entry: devices share it. */
export interface SeriesName {
  measurement: string;
  /** Keys ascending. */
  tags: Readonly<Record<string, string>>;
  field: string;
}

/** Gives series small whole numbers, from 1, in the order they are first seen. */
export class SeriesDictionary {
  readonly #names: SeriesName[] = [];
  readonly #groups = new Map<string, Map<string, number>>();

  get size(): number {
    return this.#names.length;
  }

  /** Of a number that was given. */
  nameOf(series: number): SeriesName {
    return this.#names[series - 1] as SeriesName;
  }

  /** The numbers of the fields of a measurement with its tags, as far as they have one. */
  fieldsOf(measurement: string, tags: Readonly<Record<string, string>>): ReadonlyMap<string, number> {
    return this.#fieldsOf(measurement, tags);
  }

  /** The number of a series, a new one if it has none yet. */
  numberOf({ measurement, tags, field }: SeriesName): number {
    const fields = this.#fieldsOf(measurement, tags);
    const known = fields.get(field);
    if (known !== undefined) return known;
    const number = this.#names.push({ measurement, tags: sortKeys(tags), field });
    fields.set(field, number);
    return number;
  }

  #fieldsOf(measurement: string, tags: Readonly<Record<string, string>>): Map<string, number> {
    const key = groupKey(measurement, tags);
    let fields = this.#groups.get(key);
    if (!fields) {
      fields = new Map();
      this.#groups.set(key, fields);
    }
    return fields;
  }
}

/** Stable order for people and tests: measurement, tags, field. */
export function compareNames(a: SeriesName, b: SeriesName): number {
  return (
    compare(a.measurement, b.measurement) ||
    compare(JSON.stringify(a.tags), JSON.stringify(b.tags)) ||
    compare(a.field, b.field)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lengths keep two different sets of tags from ever reading the same. */
function groupKey(measurement: string, tags: Readonly<Record<string, string>>): string {
  let key = measurement;
  let before = '';
  for (const tag in tags) {
    if (tag < before) return groupKey(measurement, sortKeys(tags));
    const value = tags[tag] as string;
    key += `\n${tag.length}:${value.length}:${tag}${value}`;
    before = tag;
  }
  return key;
}

function sortKeys(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => compare(a, b)));
}
