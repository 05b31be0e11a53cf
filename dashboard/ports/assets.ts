import type { AssetColumn } from '../../protocol/asset-columns.ts';
import type { FactChange, UnreadReason } from '../../protocol/facts.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

/** Which devices, in which order. */
export interface AssetQuery {
  /** Words and terms, such as `kind:till os:windows* warranty_until<2027-01-01`; empty: all. */
  q: string;
  store?: StoreKey;
  /** Id of a column. */
  sort: string;
  descending: boolean;
}

/** A device as a row: what is known of each column, by its id. */
export interface Asset {
  key: DeviceKey;
  values: Record<string, string>;
}

export interface AssetPage {
  total: number;
  assets: Asset[];
  /** Where the next page begins; undefined on the last. */
  next: string | undefined;
}

/** A fact of a device with where it comes from. */
export interface AssetFact {
  path: string;
  value: string;
  /** `observed`: its agent saw it. `imported`: the inventory says so. */
  source: 'observed' | 'imported';
  /** What the inventory says of the same thing, where that is something else. */
  imported?: string;
}

export interface AssetDetail {
  key: DeviceKey;
  values: Record<string, string>;
  facts: AssetFact[];
  /** When they were gathered; undefined before the first time. */
  gatheredAt?: number;
  /** What its agent could not read the last time, by path or section. */
  unread: Record<string, UnreadReason>;
}

export type AssetChange = FactChange & { device: DeviceKey };

/** A search that cannot be understood: each fault in both languages. */
export class AssetQueryError extends Error {
  readonly faults: readonly { term: string; fr: string; en: string }[];
  constructor(faults: readonly { term: string; fr: string; en: string }[]) {
    super(faults.map(({ term, en }) => `${term}: ${en}`).join('\n'));
    this.name = 'AssetQueryError';
    this.faults = faults;
  }
}

/** What devices are made of, what the books say of them, and how that changed. */
export interface AssetSource {
  columns: readonly Pick<AssetColumn, 'id' | 'fr' | 'en' | 'servicenow'>[];
  /**
   * @param after where an earlier page ended.
   * @throws AssetQueryError
   */
  search(query: AssetQuery, page: { limit: number; after?: string }): Promise<AssetPage>;
  /** All of a search, in its order. @throws AssetQueryError */
  all(query: AssetQuery): Promise<Asset[]>;
  device(key: DeviceKey): Promise<AssetDetail | undefined>;
  /** Newest first. */
  changes(query: { device?: DeviceKey; path?: string; since?: number; limit: number }): Promise<AssetChange[]>;
}
