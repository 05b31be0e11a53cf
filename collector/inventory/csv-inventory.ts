import { ASSET_COLUMNS, columnOf } from './csv-columns.ts';
import type { Sheet, SheetRow } from './csv-table.ts';
import type { FaultWords } from './fault-words.ts';
import type { Place } from './findings.ts';
import { parseHoursText } from './hours-text.ts';

export interface CellFault {
  line: number;
  column: string;
  message: string;
}

/** A chain or a store, gathered from all the rows that name it. */
interface Gathered {
  line: number;
  cells: Map<string, { text: string; line: number }>;
}
type GatheredChain = Gathered & { stores: Map<string, GatheredStore> };
type GatheredStore = Gathered & { devices: SheetRow[] };

const CHAIN_COLUMNS = ['chain', 'chain_title'];
const STORE_COLUMNS = ['store', 'store_title', 'region', 'time_zone', 'hours'];
const DEVICE_COLUMNS = ['device', 'device_title', 'kind', 'lane', 'gateway', ...Object.keys(ASSET_COLUMNS)];

/** Makes an inventory of a sheet's rows, and remembers which row each part came from. */
export class SheetInventory {
  readonly faults: CellFault[] = [];
  /** What the cells say, in the shape of an inventory; whether it is a good one is not asked here. */
  readonly inventory: unknown;
  readonly #words: FaultWords;
  readonly #chains = new Map<string, GatheredChain>();
  readonly #storeAttributes: string[];
  readonly #deviceAttributes: string[];

  constructor({ columns, rows }: Sheet, words: FaultWords) {
    this.#words = words;
    this.#storeAttributes = columns.filter((column) => column.startsWith('store.'));
    this.#deviceAttributes = columns.filter((column) => column.startsWith('device.'));
    for (const row of rows) this.#gather(row);
    this.inventory = { chains: [...this.#chains.values()].map((chain) => this.#chain(chain)) };
  }

  /** The line that says what stands at a place of the inventory. */
  lineOf(at: Place): number {
    const [, chainIndex, , storeIndex, list, deviceIndex] = at;
    const chain = [...this.#chains.values()][Number(chainIndex)];
    const store = [...(chain?.stores.values() ?? [])][Number(storeIndex)];
    if (list === 'devices') return store?.devices[Number(deviceIndex)]?.line ?? store?.line ?? 1;
    const part = store ?? chain;
    return part?.cells.get(columnOf(at))?.line ?? part?.line ?? 1;
  }

  #gather(row: SheetRow): void {
    const [chainName, storeName] = [row.cell('chain'), row.cell('store')];
    if (chainName === '') this.#fault(row.line, 'chain', this.#words.missing);
    if (storeName === '') this.#fault(row.line, 'store', this.#words.missing);
    if (chainName === '' || storeName === '') return;
    const chain = getOrAdd(this.#chains, chainName, () => ({ line: row.line, cells: new Map(), stores: new Map() }));
    this.#note(chain, CHAIN_COLUMNS, row);
    const store = getOrAdd(chain.stores, storeName, () => ({ line: row.line, cells: new Map(), devices: [] }));
    this.#note(store, [...STORE_COLUMNS, ...this.#storeAttributes], row);
    if ([...DEVICE_COLUMNS, ...this.#deviceAttributes].some((column) => row.cell(column) !== '')) {
      store.devices.push(row);
    }
  }

  #note({ cells }: Gathered, columns: readonly string[], row: SheetRow): void {
    for (const column of columns) {
      const text = row.cell(column);
      const before = cells.get(column);
      if (text === '') continue;
      if (!before) cells.set(column, { text, line: row.line });
      else if (before.text !== text) this.#fault(row.line, column, this.#words.differs(text, before.line, before.text));
    }
  }

  #chain({ cells, stores }: GatheredChain) {
    const cell = (column: string) => cells.get(column)?.text ?? '';
    return present({
      name: cell('chain'),
      title: cell('chain_title'),
      stores: [...stores.values()].map((store) => this.#store(store)),
    });
  }

  #store({ cells, devices }: GatheredStore) {
    const cell = (column: string) => cells.get(column)?.text ?? '';
    return present({
      name: cell('store'),
      title: cell('store_title'),
      region: cell('region'),
      timeZone: cell('time_zone'),
      hours: this.#hours(cells.get('hours')),
      attributes: attributesOf(this.#storeAttributes, cell),
      devices: devices.map(({ cell }) =>
        present({
          name: cell('device'),
          title: cell('device_title'),
          kind: cell('kind'),
          lane: wholeNumber(cell('lane')),
          gateway: cell('gateway'),
          attributes: attributesOf(this.#deviceAttributes, cell),
          asset: assetOf(cell),
        }),
      ),
    });
  }

  #hours(cell: { text: string; line: number } | undefined) {
    if (!cell) return undefined;
    const { hours, faults } = parseHoursText(cell.text, this.#words);
    for (const message of faults) this.#fault(cell.line, 'hours', message);
    return hours;
  }

  #fault(line: number, column: string, message: string): void {
    this.faults.push({ line, column, message });
  }
}

function getOrAdd<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Leaves out what no cell says. */
function present(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
}

/** A number where the cell holds one; anything else stays as it is, to be told as found. */
const wholeNumber = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : text);

function assetOf(cell: (column: string) => string): object | undefined {
  const asset = present(Object.fromEntries(Object.entries(ASSET_COLUMNS).map(([column, key]) => [key, cell(column)])));
  return Object.keys(asset).length > 0 ? asset : undefined;
}

function attributesOf(columns: readonly string[], cell: (column: string) => string): object | undefined {
  const attributes = present(Object.fromEntries(columns.map((column) => [column.replace(/^\w+\./, ''), cell(column)])));
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}
