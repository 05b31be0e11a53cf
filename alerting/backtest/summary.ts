import type { BacktestAnswer, BacktestNote, ReplayedIncident, ReplayFigures } from '../../protocol/backtest.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Priority } from '../../protocol/views.ts';
import { compareIncidents, countFound, type Difference } from './compare.ts';
import type { StorePast } from './ports.ts';
import { addDuration, type Durations, mergeDurations, spreadOf } from './spread.ts';
import type { StoreTally } from './tally.ts';

/** What a set of rules made of some stores, as numbers only: to be added up. */
interface Counts extends Omit<StoreTally, 'incidents'> {
  incidents: number;
  byPriority: Partial<Record<Priority, number>>;
  byKind: { device: number; store: number };
  incidentsByRule: Record<string, number>;
  flapping: number;
  toIncident: Durations;
}

/** The outcome of one store, small enough to be sent. */
export interface StoreOutcome {
  before: Counts;
  after: Counts;
  difference: Difference;
  /** Of the difference, how many there are in all. */
  sizes: Record<keyof Difference, number>;
  real: BacktestAnswer['real'];
}

/** Listed of one store, and in all. */
const LISTED_OF_STORE = 200;
const LISTED = 1_000;
const NOISIEST = 20;
const DAY_MS = 86_400_000;

/** `from`: what was opened before it is not counted, nor looked for. */
export function outcomeOf({ opened }: StorePast, [before, after]: readonly StoreTally[], from: number): StoreOutcome {
  const real = opened.filter(({ openedAt }) => openedAt >= from);
  const [was, is] = [before as StoreTally, after as StoreTally];
  const { gained, lost, changed } = compareIncidents(was.incidents, is.incidents);
  return {
    before: countsOf(was),
    after: countsOf(is),
    difference: {
      gained: gained.slice(0, LISTED_OF_STORE),
      lost: lost.slice(0, LISTED_OF_STORE),
      changed: changed.slice(0, LISTED_OF_STORE),
    },
    sizes: { gained: gained.length, lost: lost.length, changed: changed.length },
    real: { opened: real.length, found: countFound(real, was.incidents) },
  };
}

/** Adds up the outcomes of stores. Bounded, however many there are. */
export class Summary {
  #stores = 0;
  readonly #before = noCounts();
  readonly #after = noCounts();
  readonly #difference: Difference = { gained: [], lost: [], changed: [] };
  readonly #sizes = { gained: 0, lost: 0, changed: 0 };
  readonly #real = { opened: 0, found: 0 };

  add({ before, after, difference, sizes, real }: StoreOutcome): void {
    this.#stores++;
    merge(this.#before, before);
    merge(this.#after, after);
    for (const list of ['gained', 'lost', 'changed'] as const) {
      this.#sizes[list] += sizes[list];
      const room = LISTED - this.#difference[list].length;
      (this.#difference[list] as unknown[]).push(...difference[list].slice(0, room));
    }
    this.#real.opened += real.opened;
    this.#real.found += real.found;
  }

  answer(
    { from, to, devices }: { from: number; to: number; devices: number },
    notes: readonly { note: BacktestNote; at?: number }[],
  ): BacktestAnswer {
    const days = (to - from) / DAY_MS;
    const listed = <K extends keyof Difference>(list: K) => ({
      count: this.#sizes[list],
      incidents: this.#difference[list],
    });
    const isCut = (['gained', 'lost', 'changed'] as const).some(
      (list) => this.#sizes[list] > this.#difference[list].length,
    );
    return {
      from,
      to,
      stores: this.#stores,
      devices,
      before: figuresOf(this.#before, days),
      after: figuresOf(this.#after, days),
      gained: listed('gained'),
      lost: listed('lost'),
      changed: listed('changed'),
      real: this.#real,
      notes: isCut ? [...notes, { note: 'lists-cut' }] : [...notes],
    };
  }
}

const noCounts = (): Counts => ({
  incidents: 0,
  alerts: 0,
  byRule: {},
  byDevice: {},
  toAlert: {},
  laneMs: 0,
  byPriority: {},
  byKind: { device: 0, store: 0 },
  incidentsByRule: {},
  flapping: 0,
  toIncident: {},
});

function countsOf({ incidents, ...tally }: StoreTally): Counts {
  const counts: Counts = { ...noCounts(), ...tally, incidents: incidents.length };
  for (const incident of incidents) count(counts, incident);
  return counts;
}

function count(counts: Counts, { priority, kind, rule, since, openedAt, flapping }: ReplayedIncident): void {
  addTo(counts.byPriority, priority, 1);
  counts.byKind[kind]++;
  addTo(counts.incidentsByRule, rule, 1);
  if (flapping) counts.flapping++;
  addDuration(counts.toIncident, openedAt - since);
}

function merge(into: Counts, more: Counts): void {
  into.incidents += more.incidents;
  into.alerts += more.alerts;
  into.laneMs += more.laneMs;
  into.flapping += more.flapping;
  into.byKind.device += more.byKind.device;
  into.byKind.store += more.byKind.store;
  for (const part of ['byRule', 'byDevice', 'byPriority', 'incidentsByRule'] as const) {
    for (const [key, many] of Object.entries(more[part])) addTo(into[part] as Record<string, number>, key, many);
  }
  mergeDurations(into.toAlert, more.toAlert);
  mergeDurations(into.toIncident, more.toIncident);
}

function addTo<Key extends string | number>(counts: Partial<Record<Key, number>>, key: Key, many: number): void {
  counts[key] = (counts[key] ?? 0) + many;
}

function figuresOf(counts: Counts, days: number): ReplayFigures {
  const { incidents, alerts, byRule, byDevice, incidentsByRule, byPriority, byKind, flapping, laneMs } = counts;
  const perDay = (many: number): number => Number((many / days).toFixed(2));
  const [toAlert, toIncident] = [spreadOf(counts.toAlert), spreadOf(counts.toIncident)];
  const rules = new Set([...Object.keys(byRule), ...Object.keys(incidentsByRule)]);
  return {
    incidents,
    incidentsPerDay: perDay(incidents),
    alerts,
    alertsPerDay: perDay(alerts),
    byPriority,
    byKind,
    flapping,
    laneMinutesLost: Math.round(laneMs / 60_000),
    rules: [...rules]
      .map((rule) => ({ rule, alerts: byRule[rule] ?? 0, incidents: incidentsByRule[rule] ?? 0 }))
      .sort((a, b) => b.alerts - a.alerts || b.incidents - a.incidents || (a.rule < b.rule ? -1 : 1))
      .slice(0, NOISIEST),
    devices: Object.entries(byDevice)
      .map(([device, many]) => ({ device: device as DeviceKey | StoreKey, alerts: many }))
      .sort((a, b) => b.alerts - a.alerts || (a.device < b.device ? -1 : 1))
      .slice(0, NOISIEST),
    ...(toAlert && { toAlert }),
    ...(toIncident && { toIncident }),
  };
}
