import type { DatabaseSync } from 'node:sqlite';
import type { Chain, Device, Locale, Store } from '../../../protocol/inventory.ts';
import { prepare } from './statement.ts';

/** A row's value: what is left out of the inventory is null here. */
type Nullable<T> = { [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

interface ChainRow {
  id: number;
  name: string;
  title: string;
  locale: Locale | null;
  simulated: number | null;
  holidays: string | null;
  observes: string | null;
}
interface StoreRow extends Nullable<Omit<Store, 'hours' | 'attributes' | 'devices'>> {
  id: number;
  chain: number;
  hours: string | null;
  attributes: string | null;
}
interface DeviceRow extends Nullable<Omit<Device, 'attributes' | 'asset'>> {
  store: number;
  attributes: string | null;
  asset: string | null;
}

/** Chains, stores and devices, in the order they were given. */
export class InventoryRows {
  readonly #db: DatabaseSync;
  readonly #saveChain;
  readonly #clearChain;
  readonly #insertStore;
  readonly #insertDevice;
  readonly #revision;
  readonly #nextRevision;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#saveChain = prepare<{ id: number }>(
      db,
      `INSERT INTO chain (name, title, locale, simulated, holidays, observes) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET
         title = excluded.title, locale = excluded.locale, simulated = excluded.simulated,
         holidays = excluded.holidays, observes = excluded.observes
       RETURNING id`,
    );
    this.#clearChain = prepare(db, 'DELETE FROM store WHERE chain = ?');
    this.#insertStore = prepare(
      db,
      'INSERT INTO store (chain, name, title, region, time_zone, hours, attributes) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertDevice = prepare(
      db,
      'INSERT INTO device (store, name, title, kind, lane, gateway, attributes, asset) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#revision = prepare<{ revision: number }>(db, 'SELECT revision FROM inventory_revision');
    this.#nextRevision = prepare(db, 'UPDATE inventory_revision SET revision = revision + 1');
  }

  /** Replaces these chains, each whole. */
  save(chains: readonly Chain[]): void {
    for (const chain of chains) this.#replace(chain);
    this.#nextRevision.run();
  }

  revision(): number {
    return this.#revision.get()?.revision ?? 0;
  }

  #replace({ name, title, locale, simulated, holidays, observes, stores }: Chain): void {
    const isSimulated = simulated === undefined ? null : Number(simulated);
    const lists = [toJson(holidays), toJson(observes)] as const;
    const row = this.#saveChain.get(name, title, locale ?? null, isSimulated, ...lists);
    const chainId = (row as { id: number }).id;
    this.#clearChain.run(chainId);
    for (const store of stores) {
      const { region = null, hours, attributes } = store;
      const { lastInsertRowid: storeId } = this.#insertStore.run(
        chainId,
        store.name,
        store.title,
        region,
        store.timeZone,
        toJson(hours),
        toJson(attributes),
      );
      for (const device of store.devices) {
        const { name, kind, title = null, lane = null, gateway = null, attributes, asset } = device;
        this.#insertDevice.run(storeId, name, title, kind, lane, gateway, toJson(attributes), toJson(asset));
      }
    }
  }

  load(): Chain[] {
    const chains = new Map<number, Chain>();
    for (const row of prepare<ChainRow>(this.#db, 'SELECT * FROM chain ORDER BY id').iterate()) {
      const { id, name, title, locale, simulated, holidays, observes } = row;
      const lists = { holidays: fromJson(holidays), observes: fromJson(observes) };
      const marks = present({ locale, simulated: simulated === null ? null : simulated === 1, ...lists });
      chains.set(id, { name, title, ...marks, stores: [] });
    }
    const stores = new Map<number, Store>();
    const storeRows = prepare<StoreRow>(
      this.#db,
      'SELECT id, chain, name, title, region, time_zone AS timeZone, hours, attributes FROM store ORDER BY id',
    );
    for (const { id, chain, name, title, timeZone, region, hours, attributes } of storeRows.iterate()) {
      const rest = present({ region, hours: fromJson(hours), attributes: fromJson(attributes) });
      const store: Store = { name, title, timeZone, ...rest, devices: [] };
      stores.set(id, store);
      chains.get(chain)?.stores.push(store);
    }
    const deviceRows = prepare<DeviceRow>(
      this.#db,
      'SELECT store, name, title, kind, lane, gateway, attributes, asset FROM device ORDER BY id',
    );
    for (const { store, name, kind, title, lane, gateway, attributes, asset } of deviceRows.iterate()) {
      const rest = present({ title, lane, gateway, attributes: fromJson(attributes), asset: fromJson(asset) });
      stores.get(store)?.devices.push({ name, kind, ...rest });
    }
    return [...chains.values()];
  }
}

const toJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

// biome-ignore lint/suspicious/noExplicitAny: what toJson wrote comes back with the shape it had.
const fromJson = (text: string | null): any => (text === null ? null : JSON.parse(text));

/** Leaves out what is null. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
