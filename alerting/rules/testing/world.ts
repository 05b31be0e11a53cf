import type { Store } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { MajorIncident } from '../../../protocol/majors.ts';
import type { Evidence, Point } from '../../../protocol/messages.ts';
import { type DeviceKey, nameOf, type StoreKey, storeKey } from '../../../protocol/names.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import type { Incident, IncidentView } from '../../../protocol/views.ts';
import { DEFAULT_CORRELATION } from '../../engine/correlate/correlation.ts';
import { Correlator } from '../../engine/correlate/correlator.ts';
import { emptyState, loadStore, nextDue, openIncidents, saveStore, step, tileOf } from '../../engine/engine.ts';
import type { ToldTree } from '../../engine/tree.ts';
import type { EngineEvent, PresenceEvidence, RulePack } from '../../engine/types.ts';
import { toSpan } from './spans.ts';

const CHAIN = 'chain';

/** A device that speaks by itself: what its reports say, and when the next is due. */
interface Speaker {
  points: readonly Point[];
  statuses: readonly CheckStatus[];
  nextAt: number;
}

/** A till's counter: what it had told by an instant, and how many sales in an hour come since. */
interface Counter {
  total: number;
  at: number;
  perHour: number;
}

/** A time line speaks of a device, a store or an incident that is not there. */
export class NotThereError extends Error {}

/** Stores with devices that report every so often, and the engine that judges them, on a clock that jumps from event to event. */
export class World {
  readonly log: string[] = [];
  state;
  now: number;
  /** What the clock would have shown at the start had it always been set as it is now: time that passes counts from here. */
  startAt: number;
  readonly #pack: RulePack;
  readonly #stores = new Map<StoreKey, Store>();
  readonly #speakers = new Map<DeviceKey, Speaker>();
  readonly #says = new Map<DeviceKey, Pick<Speaker, 'points' | 'statuses'>>();
  readonly #everyMs: number;
  readonly #counters = new Map<DeviceKey, Counter>();
  readonly #staffed = new Map<DeviceKey, boolean>();
  readonly #rows = new Map<StoreKey, string>();
  readonly #told = new Map<string, string>();
  #windows: readonly MaintenanceWindow[] = [];
  readonly #trees = new Map<StoreKey, ToldTree>();
  readonly #observed = new Map<DeviceKey, Readonly<Record<string, string>>>();
  /** When what they tell became what it is, where it was something else before. */
  readonly #deployed = new Map<DeviceKey, Record<string, number>>();
  readonly #numbers = new Map<string, number>();
  readonly #majors = new Map<string, MajorIncident>();
  #correlator: Correlator;

  constructor(pack: RulePack, stores: readonly Store[], startAt: number, everyMs: number) {
    this.#pack = pack;
    this.#everyMs = everyMs;
    this.startAt = startAt;
    this.now = startAt;
    this.state = emptyState(pack);
    this.#correlator = new Correlator(pack.correlation ?? DEFAULT_CORRELATION);
    for (const store of stores) this.define(store);
  }

  /** Lets time pass: reports go out and ticks come when they are due, up to and including `at`. */
  runUntil(at: number): void {
    this.#run(at, at);
  }

  /** The same, short of what is due at `at` itself: what is told then is told first. */
  runUpTo(at: number): void {
    this.#run(at, at - 1);
  }

  #run(at: number, last: number): void {
    for (;;) {
      const reportAt = Math.min(...[...this.#speakers.values()].map(({ nextAt }) => nextAt));
      const tickAt = this.#nextDue();
      const next = Math.min(reportAt, tickAt);
      if (next > last) break;
      if (next < this.now) throw new Error(`due ${toSpan(next - this.startAt)} lies in the past`);
      this.now = next;
      if (reportAt === next) this.#sendReports();
      else {
        this.apply({ kind: 'tick' });
        if (this.#nextDue() <= next) throw new Error('a tick left something due');
      }
    }
    this.now = at;
  }

  apply(event: EngineEvent): void {
    const { transitions, effects } = step(this.state, event, this.now);
    const time = toSpan(this.now - this.startAt);
    for (const { alert, from } of transitions) {
      const what = alert.instance ? `${alert.rule} ${alert.instance}` : alert.rule;
      this.log.push(
        `${time} ${this.short(alert.device as DeviceKey)}: ${what} ${from} > ${alert.state} (${alert.reason.code})`,
      );
    }
    for (const effect of effects) {
      if (effect.kind === 'incident') {
        const { incident, entries, desk } = effect;
        const isCounted = this.#isOnlyCounted(incident);
        if (isCounted && !desk && entries.length === 0) continue;
        const why = entries.map(({ reason }) => reason.code).join(', ');
        this.log.push(`${time} ${desk ?? 'note'} ${this.tell(incident)}${why ? `: ${why}` : ''}`);
      } else if (effect.kind === 'save') {
        const saved = saveStore(this.state, effect.store);
        if (saved === undefined) this.#rows.delete(effect.store);
        else this.#rows.set(effect.store, saved);
      }
    }
    this.#correlate(
      event,
      effects.flatMap((effect) => (effect.kind === 'incident' ? [effect.incident] : [])),
    );
  }

  /** As the judge does: of every incident that changed, in the same turn. */
  #correlate(event: EngineEvent, changed: readonly Incident[]): void {
    if (event.kind === 'clock-stepped') this.#correlator.clockStepped(event.byMs);
    if (event.kind === 'maintenance') this.#correlator.plan(event.windows);
    const isPlanned = (store: StoreKey) => tileOf(this.state, store, this.now)?.tile.state === 'maintenance';
    const views = changed.map((incident) => this.#viewOf(incident));
    for (const { major } of this.#correlator.take(views, isPlanned, this.now)) {
      if (major.state === 'resolved') this.#majors.delete(major.key);
      else this.#majors.set(major.key, major);
    }
  }

  #viewOf(incident: Incident): IncidentView {
    const number = this.#numbers.get(incident.key) ?? this.#numbers.size + 1;
    this.#numbers.set(incident.key, number);
    const name = nameOf(incident.store);
    return { ...incident, number, storeTitle: name, causeTitle: name, region: '', ticketState: 'none' };
  }

  #describe(key: StoreKey, definition: Store | undefined): void {
    const observed = (device: string) => this.#observed.get(`${key}/${device}`);
    const deployed = (device: string) => this.#deployed.get(`${key}/${device}`);
    this.#correlator.define(key, definition && { definition, observed, deployed });
  }

  #nextDue(): number {
    return Math.min(
      nextDue(this.state) ?? Number.POSITIVE_INFINITY,
      this.#correlator.nextDue() ?? Number.POSITIVE_INFINITY,
    );
  }

  define(store: Store): void {
    const key = storeKey(CHAIN, store.name);
    this.#stores.set(key, store);
    this.#describe(key, store);
    this.apply({ kind: 'inventory', store: key, simulated: false, definition: store });
    for (const device of this.#speakers.keys())
      if (!this.devices('all').includes(device)) this.#speakers.delete(device);
  }

  observe(device: DeviceKey, attributes: Readonly<Record<string, string>>): void {
    const before = this.#observed.get(device);
    const since = { ...this.#deployed.get(device) };
    // As the collector does: the first that is ever told changes nothing.
    for (const [name, value] of before ? Object.entries(attributes) : [])
      if (before?.[name] !== value) since[name] = this.now;
    this.#deployed.set(device, since);
    this.#observed.set(device, attributes);
    this.#correlator.observe(device.slice(0, device.lastIndexOf('/')) as StoreKey);
    this.apply({ kind: 'observed', device, attributes });
  }

  connect(name: string, parents: ToldTree): void {
    const store = this.storeKey(name);
    this.#trees.set(store, parents);
    this.apply({ kind: 'topology', store, parents });
  }

  remove(name: string): void {
    const key = storeKey(CHAIN, name);
    this.#stores.delete(key);
    this.#describe(key, undefined);
    this.apply({ kind: 'inventory', store: key, simulated: false, definition: undefined });
    for (const device of this.#speakers.keys()) if (device.startsWith(`${key}/`)) this.#speakers.delete(device);
  }

  /** The devices begin to speak: they say so, and report from now on. */
  start(devices: readonly DeviceKey[]): void {
    for (const device of devices) {
      this.presence(device, this.gatewayOf(device) === undefined ? 'birth' : 'online');
      const says = this.#says.get(device) ?? { points: [], statuses: [] };
      this.#speakers.set(device, { ...says, nextAt: this.now });
    }
    this.#sendReports();
  }

  /** No report any more from the devices, nor from those they watch. */
  mute(devices: readonly DeviceKey[]): void {
    for (const device of devices) {
      for (const other of this.#speakers.keys()) {
        if (other === device || this.gatewayOf(other) === device) this.#speakers.delete(other);
      }
    }
  }

  presence(device: DeviceKey, evidence: PresenceEvidence, seen?: Evidence): void {
    const intervalS = this.#everyMs / 1000;
    this.apply({ kind: 'presence', device, at: this.now, evidence, ...(seen && { seen }), intervalS });
  }

  /** From now on the device's reports say this, the first at once if it speaks. */
  say(device: DeviceKey, says: Partial<Pick<Speaker, 'points' | 'statuses'>>): void {
    this.#says.set(device, { ...(this.#says.get(device) ?? { points: [], statuses: [] }), ...says });
    const speaker = this.#speakers.get(device);
    if (speaker) Object.assign(speaker, says, { nextAt: this.now });
    this.#sendReports();
  }

  /** From now on the till sells so much in an hour. */
  sell(device: DeviceKey, perHour: number): void {
    this.#counters.set(device, { total: this.#countOf(device) ?? 0, at: this.now, perHour });
  }

  /** From now on the till tells whether somebody is signed on. */
  staff(device: DeviceKey, isStaffed: boolean): void {
    this.#staffed.set(device, isStaffed);
  }

  /**
   * The collector dies, is away for so long, and starts again from what it had saved. Nobody hears the agents meanwhile,
   * and nobody tells it that the clock was set.
   */
  restart(awayMs: number, clockMs = 0): void {
    this.#leap(clockMs);
    this.now += awayMs;
    for (const speaker of this.#speakers.values()) speaker.nextAt = Math.max(speaker.nextAt, this.now);
    this.state = emptyState(this.#pack);
    step(this.state, { kind: 'maintenance', windows: this.#windows }, this.now);
    for (const [device, attributes] of this.#observed) {
      step(this.state, { kind: 'observed', device, attributes }, this.now);
    }
    for (const [key, definition] of this.#stores) {
      step(this.state, { kind: 'inventory', store: key, simulated: false, definition }, this.now);
    }
    for (const [store, parents] of this.#trees) step(this.state, { kind: 'topology', store, parents }, this.now);
    for (const [key, saved] of this.#rows) loadStore(this.state, key, saved);
    this.#correlator = new Correlator(this.#pack.correlation ?? DEFAULT_CORRELATION);
    this.#correlator.plan(this.#windows);
    for (const [key, definition] of this.#stores) this.#describe(key, definition);
    this.#correlator.load(
      this.#majors.values(),
      this.openIncidents().map((incident) => this.#viewOf(incident)),
    );
    this.apply({ kind: 'started' });
  }

  /** These are the maintenance windows and changes from now on. */
  plan(windows: readonly MaintenanceWindow[]): void {
    this.#windows = windows;
    this.apply({ kind: 'maintenance', windows });
  }

  /** Somebody sets the clock of the server. The agents go on as before. */
  setClock(byMs: number): void {
    this.#leap(byMs);
    this.apply({ kind: 'clock-stepped', byMs });
  }

  openMajors(): MajorIncident[] {
    return [...this.#majors.values()];
  }

  openIncidents(): Incident[] {
    return [...openIncidents(this.state)];
  }

  incidentOf(target: string): Incident | undefined {
    return this.openIncidents().find((incident) => this.tell(incident).startsWith(`${target} `));
  }

  tell({ cause, priority, state }: Incident): string {
    const target =
      cause.kind === 'device' ? this.short(cause.target as DeviceKey) : `store ${nameOf(cause.target as DeviceKey)}`;
    return `${target} P${priority} ${state}`;
  }

  short(device: DeviceKey): string {
    const name = device.slice(CHAIN.length + 1);
    return this.#stores.size > 1 ? name : name.slice(name.indexOf('/') + 1);
  }

  /** @throws Error when there is none of that name. */
  storeKey(name: string): StoreKey {
    const key = storeKey(CHAIN, name);
    if (!this.#stores.has(key)) throw new NotThereError(`no store ${name}`);
    return key;
  }

  devices(names: 'all' | readonly string[]): DeviceKey[] {
    const all = [...this.#stores].flatMap(([key, { devices }]) =>
      devices.map(({ name }): DeviceKey => `${key}/${name}`),
    );
    if (names === 'all') return all;
    return names.flatMap((name) => {
      const found = all.filter((key) =>
        name.endsWith('/*') ? key.startsWith(`${CHAIN}/${name.slice(0, -1)}`) : this.short(key) === name,
      );
      if (found.length === 0) throw new NotThereError(`no device ${name}`);
      return found;
    });
  }

  gatewayOf(device: DeviceKey): DeviceKey | undefined {
    const store = device.slice(0, device.lastIndexOf('/')) as StoreKey;
    const gateway = this.#stores.get(store)?.devices.find(({ name }) => name === nameOf(device))?.gateway;
    return gateway === undefined ? undefined : `${store}/${gateway}`;
  }

  /** Told again for nothing but its clocks and what it costs, which have expectations of their own. */
  #isOnlyCounted({ loss: _, clocks: __, respondBy: ___, restoreBy: ____, ...incident }: Incident): boolean {
    const told = JSON.stringify(incident);
    const isSame = this.#told.get(incident.key) === told;
    this.#told.set(incident.key, told);
    return isSame;
  }

  #leap(byMs: number): void {
    this.now += byMs;
    this.startAt += byMs;
    for (const speaker of this.#speakers.values()) speaker.nextAt += byMs;
    for (const counter of this.#counters.values()) counter.at += byMs;
    for (const since of this.#deployed.values())
      for (const name of Object.keys(since)) since[name] = (since[name] ?? 0) + byMs;
  }

  #sendReports(): void {
    for (const [device, speaker] of this.#speakers) {
      if (speaker.nextAt > this.now) continue;
      speaker.nextAt = this.now + this.#everyMs;
      const { statuses } = speaker;
      const points = [...speaker.points, ...this.#salesOf(device)];
      this.apply({ kind: 'report', device, at: this.now, late: false, points, statuses });
    }
  }

  #countOf(device: DeviceKey): number | undefined {
    const counter = this.#counters.get(device);
    return counter && counter.total + (counter.perHour * (this.now - counter.at)) / 3_600_000;
  }

  #salesOf(device: DeviceKey): Point[] {
    const count = this.#countOf(device);
    if (count === undefined) return [];
    const staffed = this.#staffed.get(device);
    const session = staffed === undefined ? {} : { session_open: staffed ? 1 : 0 };
    return [{ m: 'last_sale', f: { sales_total: Math.floor(count), ...session } }];
  }
}
