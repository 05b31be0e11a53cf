import type { FactView } from '../../protocol/asset-columns.ts';
import { type FactRecord, pathParts } from '../../protocol/facts.ts';

interface Shape {
  paths: readonly string[];
  places: ReadonlyMap<string, number>;
  items: ReadonlyMap<string, readonly string[]>;
  /** Paths that have an item: its name may be looked for. */
  withItems: readonly string[];
  /** What the last test said of those: the next device asked is most often alike. */
  asked?: { test: (text: string) => boolean; is: boolean };
}

/** What is remembered to be shared; then it begins anew, so that what has changed does not stay for ever. */
const SHARED_AT_MOST = 400_000;

/**
 * Packs the facts of many devices: devices alike share the list of their paths, and values that come again are one text.
 * Eight thousand tills then cost little more than their serial numbers and addresses.
 */
export class FactsPacker {
  readonly #shapes = new Map<string, Shape>();
  readonly #texts = new Map<string, string>();

  pack(facts: FactRecord): FactView {
    const shape = this.#shapeOf(Object.keys(facts).sort());
    return new PackedFacts(
      shape,
      shape.paths.map((path) => this.#shared(facts[path] ?? '')),
    );
  }

  #shapeOf(paths: readonly string[]): Shape {
    const name = paths.join('\n');
    let shape = this.#shapes.get(name);
    if (!shape) {
      const shared = paths.map((path) => this.#shared(path));
      shape = shapeOf(shared);
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= SHARED_AT_MOST) {
      this.#texts.clear();
      this.#shapes.clear();
    }
    this.#texts.set(text, text);
    return text;
  }
}

function shapeOf(paths: readonly string[]): Shape {
  const items = new Map<string, Set<string>>();
  const withItems: string[] = [];
  for (const path of paths) {
    const { section, item } = pathParts(path);
    if (item === undefined) continue;
    withItems.push(path);
    items.set(section, (items.get(section) ?? new Set()).add(item));
  }
  return {
    paths,
    places: new Map(paths.map((path, place) => [path, place])),
    items: new Map(Array.from(items, ([section, names]) => [section, [...names]])),
    withItems,
  };
}

const NONE: readonly string[] = [];

class PackedFacts implements FactView {
  readonly #shape: Shape;
  readonly #values: readonly string[];

  constructor(shape: Shape, values: readonly string[]) {
    this.#shape = shape;
    this.#values = values;
  }

  get(path: string): string | undefined {
    const place = this.#shape.places.get(path);
    return place === undefined ? undefined : this.#values[place];
  }

  items(section: string): readonly string[] {
    return this.#shape.items.get(section) ?? NONE;
  }

  some(test: (text: string) => boolean): boolean {
    for (const value of this.#values) if (test(value)) return true;
    const shape = this.#shape;
    if (shape.asked?.test !== test) shape.asked = { test, is: shape.withItems.some((path) => test(path)) };
    return shape.asked.is;
  }

  *entries(): Iterable<readonly [string, string]> {
    for (const [place, path] of this.#shape.paths.entries()) yield [path, this.#values[place] as string] as const;
  }
}
