import { emptyState, nextDue, saveStore, step, stepAll } from '../../../alerting/engine/engine.ts';
import type {
  CompositeRule,
  Effect,
  EngineEvent,
  ForecastRule,
  Rule,
  RulePack,
  SilenceRule,
  StatusRule,
  ThresholdRule,
  Transition,
} from '../../../alerting/engine/types.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';
import type { Point } from '../../../protocol/messages.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { CheckStatus } from '../../../protocol/status.ts';

/** Monday, 10:00 in Paris. */
const START = Date.parse('2025-03-10T09:00:00Z');
export const STORE: StoreKey = 'chain/lyon';

const base = {
  title: { fr: 'règle', en: 'rule' },
  scope: {},
  severity: 'critical',
  urgency: 1,
  hours: 'always',
  forS: 5,
  clearForS: 5,
} as const;

export const silence = (over: Partial<SilenceRule> = {}): SilenceRule => ({
  ...base,
  id: 'silent',
  type: 'silence',
  intervals: 3,
  stoppedForS: 300,
  ...over,
});

export const threshold = (over: Partial<ThresholdRule> = {}): ThresholdRule => ({
  ...base,
  id: 'disk',
  type: 'threshold',
  urgency: 2,
  measurement: 'disk',
  field: 'used_percent',
  tags: {},
  direction: 'above',
  raise: 90,
  clear: 80,
  unit: 'percent',
  ...over,
});

export const status = (over: Partial<StatusRule> = {}): StatusRule => ({
  ...base,
  id: 'check',
  type: 'status',
  check: ['*'],
  raise: ['critical'],
  ...over,
});

export const composite = (over: Partial<CompositeRule> = {}): CompositeRule => ({
  ...base,
  id: 'group',
  type: 'composite',
  of: 'devices',
  when: 'down',
  raise: 50,
  clear: 30,
  ...over,
});

/** A disk on its way to 95 %, a day before. */
export const forecast = (over: Partial<ForecastRule> = {}): ForecastRule => ({
  ...base,
  id: 'foreseen',
  type: 'forecast',
  severity: 'warning',
  urgency: 3,
  forS: 3600,
  clearForS: 3600,
  measurement: 'disk',
  field: 'used_percent',
  tags: {},
  by: ['path'],
  when: {},
  direction: 'rising',
  limit: 95,
  withinS: 86_400,
  clearBeyondS: 172_800,
  overS: 28 * 86_400,
  unit: 'percent',
  ...over,
});

export const packOf = (...rules: Rule[]): RulePack => ({ rules, settleS: 15, quietS: 30, graceS: 60 });

export const storeOf = (devices: Device[], over: Partial<Store> = {}): Store => ({
  name: 'lyon',
  title: 'Lyon',
  timeZone: 'Europe/Paris',
  devices,
  ...over,
});

export const till = (lane: number, over: Partial<Device> = {}): Device => ({
  name: `till-${lane}`,
  kind: 'till',
  lane,
  ...over,
});

/** An engine on a clock that is told what time it is, with everything it ever answered. */
export class Lab {
  readonly state;
  readonly transitions: Transition[] = [];
  readonly effects: Effect[] = [];
  /** Rows as the shell would have stored them. */
  readonly rows = new Map<StoreKey, string>();
  /** Nobody starts anew from them: they need not be written. */
  keepsRows = true;
  now = START;
  /** By how much the clock was set so far. */
  steppedMs = 0;

  constructor(pack: RulePack, ...stores: Store[]) {
    this.state = emptyState(pack);
    for (const store of stores) this.define(store);
  }

  define(definition: Store | undefined, store: StoreKey = STORE): void {
    const key: StoreKey = definition ? `chain/${definition.name}` : store;
    this.send({ kind: 'inventory', store: key, simulated: false, definition });
  }

  send(event: EngineEvent): { transitions: Transition[]; effects: Effect[] } {
    return this.#take(step(this.state, event, this.now));
  }

  /** What arrives in one commit group. */
  sendAll(events: readonly EngineEvent[]): { transitions: Transition[]; effects: Effect[] } {
    return this.#take(stepAll(this.state, events, this.now));
  }

  #take({ transitions, effects }: { transitions: Transition[]; effects: Effect[] }) {
    this.transitions.push(...transitions);
    this.effects.push(...effects);
    for (const effect of effects) {
      if (effect.kind !== 'save' || !this.keepsRows) continue;
      const saved = saveStore(this.state, effect.store);
      if (saved === undefined) this.rows.delete(effect.store);
      else this.rows.set(effect.store, saved);
    }
    return { transitions, effects };
  }

  /** Lets time pass, with every tick that is due on the way. */
  pass(seconds: number): void {
    const until = this.now + seconds * 1000;
    for (let due = nextDue(this.state); due !== undefined && due <= until; due = nextDue(this.state)) {
      if (due < this.now) throw new Error('something was due in the past');
      this.now = due;
      this.send({ kind: 'tick' });
      const next = nextDue(this.state);
      if (next !== undefined && next <= this.now) throw new Error('a tick left something due');
    }
    this.now = until;
  }

  /** Somebody sets the clock. */
  setClock(seconds: number): void {
    this.now += seconds * 1000;
    this.steppedMs += seconds * 1000;
    this.send({ kind: 'clock-stepped', byMs: seconds * 1000 });
  }

  presence(device: string, evidence: 'birth' | 'online' | 'lost' | 'stopped' | 'unreachable', intervalS = 30) {
    return this.send({ kind: 'presence', device: keyOf(device), at: this.now, evidence, intervalS });
  }

  report(device: string, points: Point[] = [], statuses: CheckStatus[] = [], late = false) {
    return this.send({ kind: 'report', device: keyOf(device), at: this.now, late, points, statuses });
  }

  disk(device: string, used_percent: number, path = '/') {
    return this.report(device, [{ m: 'disk', t: { path }, f: { used_percent } }]);
  }

  /** `from > to` of each transition so far, with its reason. */
  story(): string[] {
    return this.transitions.map(({ from, alert }) => `${from} > ${alert.state} ${alert.reason.code}`);
  }
}

export const keyOf = (device: string): DeviceKey =>
  device.includes('/') ? (`chain/${device}` as DeviceKey) : `${STORE}/${device}`;
