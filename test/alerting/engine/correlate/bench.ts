import { type Correlation, DEFAULT_CORRELATION } from '../../../../alerting/engine/correlate/correlation.ts';
import { Correlator, type MajorChange } from '../../../../alerting/engine/correlate/correlator.ts';
import type { Store } from '../../../../protocol/inventory.ts';
import type { MajorIncident } from '../../../../protocol/majors.ts';
import type { StoreKey } from '../../../../protocol/names.ts';
import type { IncidentView } from '../../../../protocol/views.ts';

/** Monday, 10:00 in Paris. */
const START = Date.parse('2025-03-10T09:00:00Z');

/** Stores that open and resolve incidents before a correlator, on a clock that is told what time it is. */
export class Stores {
  correlator: Correlator;
  readonly settings: Correlation;
  readonly changes: MajorChange[] = [];
  readonly open = new Map<string, IncidentView>();
  readonly majors = new Map<string, MajorIncident>();
  readonly planned = new Set<StoreKey>();
  now = START;
  readonly #stores: readonly Store[];
  /** Which version each till has that was ever given one, and since when it has. */
  readonly #versions = new Map<string, { version: string; at: number }>();
  #number = 0;

  constructor(stores: readonly Store[], settings: Partial<Correlation> = {}) {
    this.#stores = stores;
    this.settings = { ...DEFAULT_CORRELATION, ...settings };
    this.correlator = this.#start();
  }

  /** A correlator that was told of nothing but what is kept. */
  restart(): void {
    this.correlator = this.#start();
    this.correlator.load(
      [...this.majors.values()].filter(({ state }) => state !== 'resolved').map((major) => structuredClone(major)),
      this.open.values(),
    );
  }

  /** A store falls silent, or what `over` says. Returns the incident's key. */
  fail(store: string, over: Partial<IncidentView> = {}): string {
    const key = `chain/${store}` as StoreKey;
    const number = ++this.#number;
    const view: IncidentView = {
      key: `${key}#${number}`,
      number,
      store: key,
      cause: { kind: 'store', target: key, rule: 'backbone-silent', reason: { code: 'store.silent' } },
      fold: { code: 'fold.store-silent', params: { devices: 3 } },
      state: 'new',
      severity: 'critical',
      impact: 1,
      urgency: 1,
      priority: 2,
      since: this.now - 5_000,
      openedAt: this.now,
      lanesDown: 2,
      lanesTotal: 2,
      alerts: [],
      storeTitle: store,
      causeTitle: store,
      region: '',
      ticketState: 'none',
      ...over,
    };
    this.open.set(view.key, view);
    this.#take([view]);
    return view.key;
  }

  /** A check fails on a device of the store. */
  check(store: string, device: string, check: string): string {
    return this.fail(store, {
      cause: {
        kind: 'device',
        target: `chain/${store}/${device}`,
        rule: 'lane-check-critical',
        reason: { code: 'status.critical', params: { check } },
      },
      fold: { code: 'fold.alone' },
    });
  }

  /** The till of the store gets another version, and its agent tells it. */
  deploy(store: string, version: string): void {
    this.#versions.set(`${store}/till-1`, { version, at: this.now });
    this.correlator.observe(`chain/${store}`);
    this.#take([]);
  }

  back(key: string): void {
    const view = this.open.get(key);
    if (!view) throw new Error(`${key} is not open`);
    this.open.delete(key);
    this.#take([{ ...view, state: 'resolved', resolvedAt: this.now }]);
  }

  pass(seconds: number): void {
    const until = this.now + seconds * 1000;
    for (let due = this.correlator.nextDue(); due !== undefined && due <= until; due = this.correlator.nextDue()) {
      this.now = Math.max(this.now, due);
      this.#take([]);
      const next = this.correlator.nextDue();
      if (next !== undefined && next <= this.now) throw new Error('something was left due');
    }
    this.now = until;
  }

  /** Of each major incident: state, name, and how many of its stores are still beneath it. */
  told(): string[] {
    return [...this.majors.values()].map(({ cause, state, stores, storesOpen }) => {
      const name = cause.kind === 'storm' ? 'storm' : `${cause.attribute}=${cause.value}`;
      return `${state} ${name} ${storesOpen}/${stores}`;
    });
  }

  #start(): Correlator {
    const correlator = new Correlator(this.settings);
    for (const store of this.#stores) {
      const told = (device: string) => this.#versions.get(`${store.name}/${device}`);
      correlator.define(`chain/${store.name}`, {
        definition: store,
        observed: (device) => ({ 'software.pos': told(device)?.version ?? '7.4' }),
        deployed: (device) => ({ ...(told(device) && { 'software.pos': told(device)?.at ?? 0 }) }),
      });
    }
    return correlator;
  }

  #take(views: IncidentView[]): void {
    for (const change of this.correlator.take(views, (store) => this.planned.has(store), this.now)) {
      this.changes.push(change);
      this.majors.set(change.major.key, change.major);
    }
  }
}

/** So many stores, named `1` and up, in four regions and with three carriers. */
export function chainOf(count: number, over: (at: number) => Partial<Store> = () => ({})): Store[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `${at + 1}`,
    title: `Store ${at + 1}`,
    timeZone: 'Europe/Paris',
    region: ['North', 'South', 'East', 'West'][Math.floor((4 * at) / count)] as string,
    attributes: { carrier: ['Alpha', 'Beta', 'Gamma'][at % 3] as string, posVersion: at % 5 === 0 ? '7.5' : '7.4' },
    devices: [{ name: 'till-1', kind: 'till', lane: 1, attributes: { model: at % 2 === 0 ? 'T3' : 'T4' } }],
    ...over(at),
  }));
}
