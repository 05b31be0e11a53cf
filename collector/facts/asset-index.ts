import {
  type Asset,
  type AssetDetail,
  type AssetFact,
  type AssetPage,
  type AssetQuery,
  AssetQueryError,
} from '../../dashboard/ports.ts';
import { ASSET_COLUMNS, type AssetColumn, type AssetSource, type FactView } from '../../protocol/asset-columns.ts';
import { observedAttributes, type UnreadReason } from '../../protocol/facts.ts';
import type { Chain, Device } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, nameOf, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { FactsStore } from '../ports.ts';
import type { Told } from '../topology/identities.ts';
import { orderOf, readQuery } from './asset-query.ts';
import { FactsPacker } from './compact-facts.ts';
import { Installs } from './installs.ts';

interface Known {
  facts: FactView;
  at: number;
  unread: Readonly<Record<string, UnreadReason>> | undefined;
}

const toldOf = ({ at, facts }: Known): Told => ({ at, facts: Object.fromEntries(facts.entries()) });

/** What the inventory's books say, under the path of the fact it stands beside. */
const BOOKS: readonly [keyof NonNullable<Device['asset']>, string][] = [
  ['serial', 'machine.serial'],
  ['tag', 'machine.assetTag'],
  ['warrantyUntil', 'book.warrantyUntil'],
  ['contract', 'book.contract'],
  ['supplier', 'book.supplier'],
  ['costCentre', 'book.costCentre'],
  ['boughtOn', 'book.boughtOn'],
];

/** All devices with what is known of them, in memory: what agents told of every partition, and the inventory as it is. */
export class AssetIndex {
  readonly #store: Pick<FactsStore, 'since' | 'history'>;
  readonly #chains: () => readonly Chain[];
  readonly #known = new Map<DeviceKey, Known>();
  readonly #packer = new FactsPacker();
  readonly #installs: Installs;
  #revision = 0;
  #refreshing: Promise<readonly DeviceKey[]> | undefined;

  /** @param now milliseconds since 1970. */
  constructor(
    store: Pick<FactsStore, 'since' | 'history'>,
    chains: () => readonly Chain[],
    now: () => number = Date.now,
  ) {
    this.#store = store;
    this.#chains = chains;
    this.#installs = new Installs(store, now);
  }

  /** Takes in what was kept since, by whomever; resolves to the devices of which something was. */
  refresh(): Promise<readonly DeviceKey[]> {
    this.#refreshing ??= (async () => {
      try {
        const { revision, facts } = await this.#store.since(this.#revision);
        if (facts.length > 0) await this.#installs.refresh();
        for (const { device, facts: told, at, unread } of facts) {
          const missing = Object.keys(unread).length > 0 ? unread : undefined;
          this.#known.set(device, { facts: this.#packer.pack(told), at, unread: missing });
        }
        this.#revision = revision;
        return facts.map(({ device }) => device);
      } finally {
        this.#refreshing = undefined;
      }
    })();
    return this.#refreshing;
  }

  /** What rules may ask of a device, as its agent told it. */
  observed(key: DeviceKey): Record<string, string> | undefined {
    const known = this.#known.get(key);
    return known && observedAttributes(Object.fromEntries(known.facts.entries()));
  }

  /** Since when a device has what was installed on it lately, ms since 1970, by the name that rules have for it. */
  installed(key: DeviceKey): Readonly<Record<string, number>> | undefined {
    return this.#installs.of(key);
  }

  /** The clock was set by so much. */
  clockStepped(byMs: number): void {
    this.#installs.clockStepped(byMs);
  }

  /** What rules may ask of every device that told anything. */
  *allObserved(): Iterable<readonly [DeviceKey, Record<string, string>]> {
    for (const [key, { facts }] of this.#known) yield [key, observedAttributes(Object.fromEntries(facts.entries()))];
  }

  /** All that was told of the devices of a store, by their names. */
  toldIn(store: StoreKey): Map<string, Told> {
    const told = new Map<string, Told>();
    for (const [key, known] of this.#known) if (storeOf(key) === store) told.set(nameOf(key), toldOf(known));
    return told;
  }

  /** All that was told of these devices, by their names. */
  toldOf(keys: Iterable<DeviceKey>): Map<string, Told> {
    const told = new Map<string, Told>();
    for (const key of keys) {
      const known = this.#known.get(key);
      if (known) told.set(nameOf(key), toldOf(known));
    }
    return told;
  }

  /** Stores with a device that told of one of these sections. */
  storesWith(sections: readonly string[]): Set<StoreKey> {
    const stores = new Set<StoreKey>();
    for (const [key, { facts }] of this.#known) {
      if (sections.some((section) => facts.items(section).length > 0)) stores.add(storeOf(key));
    }
    return stores;
  }

  /** All that was told of devices that have such a section. */
  toldWith(section: string): [DeviceKey, Told][] {
    return [...this.#known].flatMap(([key, known]) =>
      known.facts.items(section).length === 0 ? [] : [[key, toldOf(known)]],
    );
  }

  async search(query: AssetQuery, { limit, after }: { limit: number; after?: string }): Promise<AssetPage> {
    const rows = await this.#find(query);
    const from = after === undefined ? 0 : placeAfter(rows, query, after);
    const page = rows.slice(from, from + limit);
    const last = page.at(-1);
    const hasMore = from + limit < rows.length;
    return {
      total: rows.length,
      assets: page.map(({ asset }) => rowOf(asset)),
      next: hasMore && last ? cursorOf(last) : undefined,
    };
  }

  async all(query: AssetQuery): Promise<Asset[]> {
    return (await this.#find(query)).map(({ asset }) => rowOf(asset));
  }

  async device(key: DeviceKey): Promise<AssetDetail | undefined> {
    await this.refresh();
    for (const asset of this.#assets()) if (asset.key === key) return this.#detail(asset);
    return undefined;
  }

  #detail(asset: AssetSource): AssetDetail {
    const { key, device, facts, factsAt } = asset;
    const observed: AssetFact[] = [...(facts?.entries() ?? [])].map(([path, value]) => ({
      path,
      value,
      source: 'observed',
    }));
    const imported = BOOKS.flatMap(([name, path]): AssetFact[] => {
      const value = device.asset?.[name];
      if (value === undefined) return [];
      const seen = observed.find((fact) => fact.path === path);
      if (!seen) return [{ path, value, source: 'imported' }];
      if (seen.value !== value) seen.imported = value;
      return [];
    });
    const attributes = Object.entries(device.attributes ?? {}).map(
      ([name, value]): AssetFact => ({ path: `attribute[${name}].value`, value, source: 'imported' }),
    );
    return {
      key,
      values: rowOf(asset).values,
      facts: [...observed, ...imported, ...attributes],
      ...(factsAt !== undefined && { gatheredAt: factsAt }),
      unread: { ...this.#known.get(key)?.unread },
    };
  }

  /** @throws AssetQueryError */
  async #find({ q, store, sort, descending }: AssetQuery): Promise<Ranked[]> {
    const { matches, faults } = readQuery(q);
    const column = ASSET_COLUMNS.find(({ id }) => id === sort);
    if (faults.length > 0 || !column) throw new AssetQueryError(column ? faults : [...faults, noColumn(sort)]);
    await this.refresh();
    const found: Ranked[] = [];
    for (const asset of this.#assets()) {
      const isThere = store === undefined || asset.key.startsWith(`${store}/`);
      if (isThere && matches(asset)) found.push({ asset, by: column.read(asset) });
    }
    return sorted(found, column, descending);
  }

  *#assets(): Iterable<AssetSource> {
    for (const chain of this.#chains()) {
      for (const store of chain.stores) {
        for (const device of store.devices) {
          const key = deviceKey(chain.name, store.name, device.name);
          const known = this.#known.get(key);
          yield { key, chain, store, device, facts: known?.facts, factsAt: known?.at };
        }
      }
    }
  }
}

interface Ranked {
  asset: AssetSource;
  /** Its value in the column it is sorted by. */
  by: string | undefined;
}

/** What has no value comes last either way; equals by their key, so that pages fit together. */
function inOrder({ type }: Pick<AssetColumn, 'type'>, descending: boolean) {
  const order = orderOf(type);
  return (a: Pick<Ranked, 'by'> & { asset: { key: string } }, b: typeof a): number => {
    if (a.by === undefined || b.by === undefined) {
      if (a.by !== b.by) return a.by === undefined ? 1 : -1;
    } else {
      const found = order(a.by, b.by);
      if (found !== 0) return descending ? -found : found;
    }
    return a.asset.key < b.asset.key ? -1 : a.asset.key > b.asset.key ? 1 : 0;
  };
}

/** Devices come by chain and store: with the key alone, or with few values, most of the work is done once per value. */
function sorted(rows: Ranked[], column: Pick<AssetColumn, 'type'>, descending: boolean): Ranked[] {
  const order = orderOf(column.type);
  const values = [...new Set(rows.flatMap(({ by }) => by ?? []))].sort(order);
  // What counts as equal has one rank.
  const ranks = new Map<string, number>();
  let rank = 0;
  for (const [at, value] of values.entries()) {
    if (at > 0 && order(values[at - 1] as string, value) !== 0) rank += 1;
    ranks.set(value, descending ? -rank : rank);
  }
  const last = Number.POSITIVE_INFINITY;
  const rankOf = ({ by }: Ranked) => (by === undefined ? last : (ranks.get(by) ?? last));
  return rows
    .map((row) => ({ row, rank: rankOf(row) }))
    .sort((a, b) => (a.rank !== b.rank ? (a.rank < b.rank ? -1 : 1) : a.row.asset.key < b.row.asset.key ? -1 : 1))
    .map(({ row }) => row);
}

const cursorOf = ({ asset, by }: Ranked): string =>
  Buffer.from(JSON.stringify([asset.key, ...(by === undefined ? [] : [by])])).toString('base64url');

/** The first row after the one a page ended with, also when that row is gone or has moved. */
function placeAfter(rows: readonly Ranked[], { sort, descending }: AssetQuery, cursor: string): number {
  const column = ASSET_COLUMNS.find(({ id }) => id === sort);
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    read = undefined;
  }
  if (!column || !Array.isArray(read) || !read.every((part) => typeof part === 'string')) {
    throw new AssetQueryError([{ term: cursor, fr: 'cette suite n’existe pas', en: 'there is no such page' }]);
  }
  const [key = '', by] = read as string[];
  const order = inOrder(column, descending);
  const place = rows.findIndex((row) => order(row, { asset: { key }, by }) > 0);
  return place < 0 ? rows.length : place;
}

function rowOf(asset: AssetSource): Asset {
  const values: Record<string, string> = {};
  for (const { id, read } of ASSET_COLUMNS) {
    const value = read(asset);
    if (value !== undefined && value !== '') values[id] = value;
  }
  return { key: asset.key, values };
}

const noColumn = (sort: string) => ({
  term: sort,
  fr: `il n’y a pas de colonne «\u202f${sort}\u202f» pour trier`,
  en: `there is no column “${sort}” to sort by`,
});
