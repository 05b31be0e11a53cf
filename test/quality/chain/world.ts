import type { EngineEvent, PresenceEvidence } from '../../../alerting/engine/types.ts';
import { utcOffsetMs } from '../../../cli/demo/local-time.ts';
import { createRandom, hashText, type Random } from '../../../cli/demo/random.ts';
import type { Evidence } from '../../../protocol/messages.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { Agenda } from './agenda.ts';
import type { FleetDevice, FleetStore } from './fleet.ts';
import { type Condition, Readings } from './readings.ts';

/*
 * Stores as they live, and the messages that come of it: what the collector would hand to judgement, when it would. A process
 * that dies has its connections closed by its system within milliseconds; what loses power, network or its mind says nothing,
 * and is missed by one and a half keepalives of 10 s after its last word, or by its gateway's pings after 4 to 8 s.
 */

const INTERVAL_S = 600;
export const INTERVAL_MS = INTERVAL_S * 1000;
/** Devices that tell of something are looked at as often as in any other installation. */
const ATTENTIVE_MS = 30_000;
const LATE_MAX = 40;

/** How a device goes. `killed`: its system closes what it had open and goes on; `crashed`: the same, and it is gone too. */
export type Loss = 'killed' | 'crashed' | 'silent' | 'goodbye';

export interface SimDevice {
  readonly fleet: FleetDevice;
  readonly store: SimStore;
  readonly readings: Readings;
  /** By how many causes it is away. */
  away: number;
  /** How often it went or came: what was scheduled for an earlier time counts no more. */
  epoch: number;
  awaySince: number;
  loss: Loss;
  /** What its gateway says of it, and has seen. */
  said: PresenceEvidence;
  seen: Evidence | undefined;
  attentiveUntil: number;
  /** What its agent tells of what is installed. */
  readonly facts: Record<string, string>;
}

export interface SimStore {
  readonly fleet: FleetStore;
  readonly devices: readonly SimDevice[];
  readonly gateway: SimDevice;
  /** By how many causes its line is dead. */
  cuts: number;
  /** A connection to the collector carries messages; it may be dead without anybody knowing yet. */
  isAlive: boolean;
  isBelieved: boolean;
  cutSince: number;
  session: number;
}

export class World {
  readonly agenda = new Agenda();
  readonly stores: Map<StoreKey, SimStore>;
  readonly devices = new Map<DeviceKey, SimDevice>();
  readonly #send: (event: EngineEvent) => void;
  readonly #random: Random;
  now: number;
  reports = 0;
  late = 0;

  constructor(fleet: readonly FleetStore[], seed: number, startsAt: number, send: (event: EngineEvent) => void) {
    this.now = startsAt;
    this.#send = send;
    this.#random = createRandom(hashText(seed, 'world'));
    this.stores = new Map(fleet.map((each) => [each.key, this.#build(each, seed)]));
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.#random.next();
  }

  /** Does it so much later. */
  after(ms: number, act: () => void): void {
    this.agenda.add(this.now + ms, act);
  }

  /** A device’s turn to report. */
  report(device: SimDevice): void {
    if (device.away > 0 || !isHeard(device.store)) return;
    this.reports++;
    const offset = utcOffsetMs(device.store.fleet.store.timeZone, this.now);
    const { points, statuses } = device.readings.at(this.now, Math.floor((this.now + offset) / 3_600_000) % 24);
    this.#send({ kind: 'report', device: device.fleet.key, at: this.now, late: false, points, statuses });
  }

  lose(device: SimDevice, loss: Loss): void {
    if (device.away++ > 0) return;
    device.epoch++;
    device.awaySince = this.now;
    device.loss = loss;
    if (device === device.store.gateway) this.#loseGateway(device.store, loss);
    else if (!device.fleet.speaks) this.#notice(device, this.between(4_000, 8_000), 'unreachable');
    else if (loss === 'goodbye') this.#notice(device, this.between(10, 80), 'stopped');
    else if (loss === 'silent') {
      const missedAt = this.between(5_000, 15_000);
      this.#notice(device, missedAt, 'lost');
      this.#notice(device, missedAt + this.between(8_000, 11_000), 'lost', gone('silent'));
    } else {
      this.#notice(device, this.between(10, 80), 'lost');
      if (loss === 'killed') this.#notice(device, this.between(200, 900), 'lost', { link: 'closed', host: 'answers' });
      else this.#notice(device, this.between(8_000, 11_000), 'lost', gone('closed'));
    }
  }

  /** One cause less; the last one gone, the device is back. */
  revive(device: SimDevice): void {
    if (device.away === 0 || --device.away > 0) return;
    device.epoch++;
    if (device === device.store.gateway) {
      this.#connect(device.store, this.between(200, 1_500));
      return;
    }
    const { epoch } = device;
    this.after(device.fleet.speaks ? this.between(50, 1_500) : this.between(1_000, 4_000), () => {
      if (device.epoch !== epoch) return;
      this.#say(device, 'online', undefined);
      this.report(device);
    });
  }

  cut(store: SimStore): void {
    if (store.cuts++ > 0) return;
    store.cutSince = this.now;
    store.isAlive = false;
    const session = ++store.session;
    const missedAt = this.between(5_000, 15_000);
    this.#missGateway(store, session, missedAt);
    if (store.fleet.hasBackup) this.#connect(store, missedAt + this.between(1_000, 7_000));
  }

  restore(store: SimStore): void {
    if (store.cuts === 0 || --store.cuts > 0 || store.fleet.hasBackup) return;
    this.#connect(store, this.between(500, 30_000));
  }

  /** Something of a device’s readings changes now: its next reports tell it, as often as elsewhere. */
  change(device: SimDevice, change: (condition: Condition) => void, forMs = 20 * 60_000): void {
    change(device.readings.condition);
    const wasAttentive = device.attentiveUntil > this.now;
    device.attentiveUntil = Math.max(device.attentiveUntil, this.now + forMs);
    if (wasAttentive) return;
    const look = () => {
      this.report(device);
      if (this.now < device.attentiveUntil) this.after(ATTENTIVE_MS, look);
    };
    this.after(this.between(0, ATTENTIVE_MS), look);
  }

  /** A check of a device says this from now on; undefined: it is well. */
  says(device: SimDevice, check: string, status: CheckStatus['status'] | undefined): void {
    this.change(device, (condition) => {
      condition.checks ??= new Map();
      condition.checks.set(check, { check, status: status ?? 'ok' });
    });
  }

  /** Its agent tells that something else is installed from now on. */
  tell({ fleet, facts }: SimDevice, name: string, value: string): void {
    facts[name] = value;
    this.#send({ kind: 'observed', device: fleet.key, attributes: { ...facts } });
  }

  /** Everybody begins to speak. */
  begin(): void {
    for (const store of this.stores.values()) {
      store.isAlive = true;
      store.isBelieved = true;
      this.#present(store);
      for (const device of store.devices) {
        const version = device.fleet.device.attributes?.posVersion;
        if (version !== undefined) this.tell(device, 'software.pos', version);
        this.report(device);
      }
    }
  }

  /** Who was connected connects again: the collector was away. */
  reconnectAll(): void {
    for (const store of this.stores.values()) {
      if (!isHeard(store)) continue;
      store.isAlive = false;
      store.session++;
      this.#connect(store, this.between(500, 20_000));
    }
  }

  #build(fleet: FleetStore, seed: number): SimStore {
    const devices: SimDevice[] = [];
    const store = {
      fleet,
      devices,
      cuts: 0,
      isAlive: false,
      isBelieved: false,
      cutSince: 0,
      session: 0,
    } as unknown as { -readonly [key in keyof SimStore]: SimStore[key] };
    for (const each of fleet.devices) {
      const device: SimDevice = {
        fleet: each,
        store,
        readings: new Readings(each, seed, this.now, fleet.hasBackup),
        away: 0,
        epoch: 0,
        awaySince: 0,
        loss: 'silent',
        said: 'online',
        seen: undefined,
        attentiveUntil: 0,
        facts: {},
      };
      devices.push(device);
      this.devices.set(each.key, device);
      if (each === fleet.gateway) store.gateway = device;
    }
    return store;
  }

  /** What the gateway sees so much later, if nothing has changed until then. */
  #notice(device: SimDevice, afterMs: number, said: PresenceEvidence, seen?: Evidence): void {
    const { epoch } = device;
    this.after(afterMs, () => {
      if (device.epoch === epoch && device.store.gateway.away === 0) this.#say(device, said, seen);
    });
  }

  #say(device: SimDevice, said: PresenceEvidence, seen: Evidence | undefined): void {
    device.said = said;
    device.seen = seen;
    if (isHeard(device.store)) this.#tell(device);
  }

  #tell({ fleet, said, seen }: SimDevice): void {
    this.#presence(fleet.key, said, seen);
  }

  #presence(device: DeviceKey, evidence: PresenceEvidence, seen?: Evidence): void {
    this.#send({ kind: 'presence', device, at: this.now, evidence, ...(seen && { seen }), intervalS: INTERVAL_S });
  }

  #loseGateway(store: SimStore, loss: Loss): void {
    store.isAlive = false;
    store.cutSince = this.now;
    const session = ++store.session;
    if (loss === 'silent') this.#missGateway(store, session, this.between(5_000, 15_000));
    else this.#missGateway(store, session, this.between(20, 120), loss === 'goodbye' ? 'stopped' : 'lost');
  }

  #missGateway(store: SimStore, session: number, afterMs: number, evidence: 'lost' | 'stopped' = 'lost'): void {
    this.after(afterMs, () => {
      if (store.session !== session || !store.isBelieved) return;
      store.isBelieved = false;
      this.#presence(store.gateway.fleet.key, evidence);
    });
  }

  #connect(store: SimStore, afterMs: number): void {
    this.after(afterMs, () => {
      const hasWay = store.cuts === 0 || store.fleet.hasBackup;
      if (store.isAlive || store.gateway.away > 0 || !hasWay) return;
      store.session++;
      store.isAlive = true;
      store.isBelieved = true;
      this.#present(store);
      this.after(this.between(500, 5_000), () => {
        for (const device of store.devices) this.report(device);
        this.#bringLate(store);
      });
    });
  }

  /** Who the gateway is, and how everything behind it stands. */
  #present(store: SimStore): void {
    this.#presence(store.gateway.fleet.key, 'birth');
    for (const device of store.devices) {
      if (device === store.gateway) continue;
      // What went while the gateway was away itself it finds out by looking.
      if (device.away === 0) device.said = 'online';
      else if (device.said === 'online') {
        device.said = device.fleet.speaks ? (device.loss === 'goodbye' ? 'stopped' : 'lost') : 'unreachable';
        device.seen = device.fleet.speaks && device.loss !== 'goodbye' ? gone('silent') : undefined;
      }
      if (device.said === 'online') device.seen = undefined;
      this.#tell(device);
    }
  }

  /** What was kept while nothing could be sent. */
  #bringLate(store: SimStore): void {
    if (!isHeard(store) || store.cutSince === 0) return;
    const count = Math.min(LATE_MAX, Math.floor((this.now - store.cutSince) / INTERVAL_MS));
    for (const { away, fleet } of store.devices) {
      if (away > 0) continue;
      for (let i = count; i > 0; i--) {
        const at = this.now - i * INTERVAL_MS;
        this.late++;
        this.#send({ kind: 'report', device: fleet.key, at, late: true, points: [], statuses: [] });
      }
    }
    store.cutSince = 0;
  }
}

const isHeard = ({ isAlive, gateway }: SimStore): boolean => isAlive && gateway.away === 0;

const gone = (link: 'closed' | 'silent'): Evidence => ({ link, host: 'silent', neighbours: { asked: 2, reached: 0 } });
