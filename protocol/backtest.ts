import type { DeviceKey, StoreKey } from './names.ts';
import type { Reason } from './reasons.ts';
import type { Priority } from './views.ts';

/** An incident that replayed rules open, or would not open any more. Times are milliseconds since 1970. */
export interface ReplayedIncident {
  store: StoreKey;
  target: DeviceKey | StoreKey;
  kind: 'device' | 'store';
  rule: string;
  reason: Reason;
  /** The highest it ever had. */
  priority: Priority;
  since: number;
  openedAt: number;
  /** Absent while it stands at the end of the replay. */
  resolvedAt?: number;
  flapping?: true;
}

/** Quantiles of a duration, seconds, to within 3 %. */
export interface Spread {
  count: number;
  medianS: number;
  p95S: number;
}

/** What one set of rules makes of the past. */
export interface ReplayFigures {
  /** Each is one ticket at each desk. */
  incidents: number;
  incidentsPerDay: number;
  /** Alerts that fired. */
  alerts: number;
  alertsPerDay: number;
  /** Incidents, by their highest priority. */
  byPriority: Partial<Record<Priority, number>>;
  byKind: { device: number; store: number };
  /** Incidents in which something came and went. */
  flapping: number;
  laneMinutesLost: number;
  /** The rules that fire most, first. */
  rules: { rule: string; alerts: number; incidents: number }[];
  /** The devices that fire most, first. */
  devices: { device: DeviceKey | StoreKey; alerts: number }[];
  /** From the first evidence of a fault to its alert, and to its incident. Absent where there is none. */
  toAlert?: Spread;
  toIncident?: Spread;
}

/** Why an answer says less than it seems to. */
export type BacktestNote =
  | 'evidence-begins-later'
  | 'rolled-up'
  | 'missing-checks-not-replayed'
  | 'forecasts-begin-anew'
  | 'learning-begins-anew'
  | 'stores-judged-alone'
  | 'lists-cut';

export interface BacktestAnswer {
  from: number;
  to: number;
  stores: number;
  devices: number;
  /** The rules it is compared with, today's unless others were given, and the rules under test. */
  before: ReplayFigures;
  after: ReplayFigures;
  /** How many there are, and the first of them. */
  gained: { count: number; incidents: ReplayedIncident[] };
  lost: { count: number; incidents: ReplayedIncident[] };
  /** Both have it, with another priority or another cause. */
  changed: { count: number; incidents: { before: ReplayedIncident; after: ReplayedIncident }[] };
  /** Incidents that were really opened in that time, and those of them that the replay of today's rules found. */
  real: { opened: number; found: number };
  notes: { note: BacktestNote; at?: number }[];
}
