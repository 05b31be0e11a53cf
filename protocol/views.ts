import type { Comment } from './comments.ts';
import type { DeviceKind } from './inventory.ts';
import type { LastReadings } from './last-readings.ts';
import type { MajorView } from './majors.ts';
import type { DeviceKey, StoreKey } from './names.ts';
import type { Handled } from './procedures.ts';
import type { Reason } from './reasons.ts';
import type { IncidentState, Loss, Priority, Severity, TicketState } from './weights.ts';

export * from './weights.ts';

/** How a store shows on the wall. */
export const STORE_STATES = ['up', 'degraded', 'down', 'blind', 'selling-offline', 'maintenance', 'closed'] as const;
export type StoreState = (typeof STORE_STATES)[number];

/** What holds of a store beside its state: it sells, and has nothing left in reserve. */
export const STORE_CONDITIONS = ['on-battery', 'on-backup'] as const;
export type StoreCondition = (typeof STORE_CONDITIONS)[number];

/** How a device shows. `blind`: no evidence either way. */
export const DEVICE_STATES = ['up', 'degraded', 'down', 'blind', 'maintenance', 'closed'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

/** One letter per lane in a tile's `pips`. */
export const PIP_OF: Record<DeviceState, string> = {
  up: 'u',
  degraded: 'g',
  down: 'd',
  blind: 'b',
  maintenance: 'm',
  closed: 'c',
};

/** A store as the wall shows it. */
export interface StoreTile {
  key: StoreKey;
  title: string;
  region: string;
  state: StoreState;
  /** Milliseconds since 1970: when it took this state. */
  since: number;
  reason: Reason;
  /** Absent where none holds. */
  conditions?: StoreCondition[];
  /** One letter per lane, in the order they stand in the store: see PIP_OF. */
  pips: string;
  /** Lanes that sell, of all lanes. */
  lanesUp: number;
  lanesTotal: number;
  simulated?: boolean;
  /** The most urgent open incident. */
  incident?: { number: number; priority: Priority; ticket?: string };
}

export type AlertState = 'pending' | 'firing' | 'resolved';

export interface AlertView {
  /** `chain/store/device#rule#instance`; of a group of devices `chain/store#rule#`. */
  key: string;
  /** What it stands on: a device, or the store of a group of devices. */
  device: DeviceKey | StoreKey;
  rule: string;
  instance: string;
  severity: Severity;
  state: AlertState;
  since: number;
  reason: Reason;
  /** It comes and goes: it stays open until it has been steady. Only while it fires. */
  flapping?: true;
}

/** A device as its store's page shows it. */
export interface DeviceView {
  key: DeviceKey;
  title: string;
  kind: DeviceKind;
  lane?: number;
  gateway?: string;
  state: DeviceState;
  since: number;
  reason: Reason;
  /** Last report taken, milliseconds since 1970; absent until the first. */
  lastReportAt?: number;
  alerts: AlertView[];
}

/** What an incident waits for; its clocks stand still meanwhile. Milliseconds since 1970. */
export interface Hold {
  since: number;
  by: string;
  why: string;
  /** When it ends by itself; absent: when somebody resumes it. */
  until?: number;
  /** How grave the incident was then: one that grows graver is on hold no more. */
  impact: 1 | 2 | 3;
  severity: Severity;
  /** What it goes back to; absent: acknowledged. */
  from?: 'in-progress';
}

/** Time to respond (GTI), until somebody has it in hand; time to restore (GTR), until it is resolved. */
export const SLA_CLOCKS = ['respond', 'restore'] as const;
export type SlaClockName = (typeof SLA_CLOCKS)[number];

/** N1, N2, N3. */
export type EscalationLevel = 1 | 2 | 3;

/** A clock of an incident. It runs in agreed service time only, which planned work is outside of. Times are milliseconds (instants: since 1970). */
export interface SlaClock {
  startedAt: number;
  /** How much service time was agreed; absent where nothing was for this priority. */
  targetMs?: number;
  /** Service time burnt up to `at`; while it runs, every millisecond since counts as well. */
  burntMs: number;
  at: number;
  runs: boolean;
  /** It stands still for the planned work its incident is in, or because that is on hold, whatever the hours say. */
  held?: true;
  breached: boolean;
  /** How far the incident was escalated by this clock; absent before the first level. */
  level?: EscalationLevel;
  /** Answered or restored: it stands still from then on. */
  stoppedAt?: number;
}

/** One cause, told once. */
export interface Incident {
  /** Never changes and never comes twice: store, first cause and time of opening. It is the ticket's idempotency key. */
  key: string;
  store: StoreKey;
  /** What is at fault: a device, or the store as a whole. */
  cause: { kind: 'device' | 'store'; target: DeviceKey | StoreKey; rule: string; reason: Reason };
  /** Why these alerts are one incident. */
  fold: Reason;
  state: IncidentState;
  severity: Severity;
  impact: 1 | 2 | 3;
  urgency: 1 | 2 | 3;
  priority: Priority;
  /** First evidence. */
  since: number;
  openedAt: number;
  acknowledgedAt?: number;
  acknowledgedBy?: string;
  /** Who it is assigned to: a person or a team, by their own name. */
  owner?: string;
  /** The level of support that has it; absent: the first. */
  level?: EscalationLevel;
  /** While its state is `on-hold`. */
  hold?: Hold;
  resolvedAt?: number;
  /** The incident it ended in, by key. */
  mergedInto?: string;
  lanesDown: number;
  lanesTotal: number;
  loss?: Loss;
  /** Absent where nothing was agreed. */
  clocks?: Record<SlaClockName, SlaClock>;
  /** When the clocks reach what was agreed, as things stand; absent where they never do. */
  respondBy?: number;
  restoreBy?: number;
  alerts: AlertView[];
  /** The planned work its cause is in just now. */
  maintenance?: Reason;
  /** Changes that were under way, or had just ended, when it began: the likeliest first. */
  suspects?: Reason[];
  /** What was done about it by command, and what it came to: the last few. */
  actions?: TimelineEntry[];
  /** What people said of it: the last few. */
  comments?: Comment[];
}

export interface TimelineEntry {
  at: number;
  reason: Reason;
}

/** An incident as people see it: with its number, its store's name and its ticket. */
export interface IncidentView extends Incident, Handled {
  number: number;
  storeTitle: string;
  /** The device's title, or the store's. */
  causeTitle: string;
  region: string;
  simulated?: boolean;
  /** The desk's own number, once it has one. */
  ticket?: string;
  /** The major incident it is part of. */
  parent?: { key: string; number: number };
  /** The incident it ended in. */
  into?: { key: string; number: number };
  /** The desks that were told of it; absent where none was. */
  desks?: string[];
  /** In quiet hours no ticket is opened: it waits until then, ms since 1970. */
  quietUntil?: number;
  /** Of the device at fault, in what a desk is told only: as they were then. */
  lastReadings?: LastReadings;
  /** The desks that hear of it in their next digest, and when that is. */
  digest?: { desks: string[]; at: number };
  /** Where the ticket work stands; `none` where no desk is configured, or the major incident’s ticket tells it. */
  ticketState: TicketState;
}

/** What the wall starts from. */
export interface WallSnapshot {
  /** Position in the stream: `epoch-number`. */
  id: string;
  at: number;
  chains: { name: string; title: string; simulated?: boolean }[];
  stores: StoreTile[];
  /** Open incidents, and those resolved in the last hour. */
  incidents: IncidentView[];
  /** The same of major ones; absent where there is none. */
  majors?: MajorView[];
}

/** What has changed since. */
export interface WallDelta {
  /** When it was committed. */
  at: number;
  stores?: StoreTile[];
  /** Keys of stores no longer in the inventory. */
  gone?: StoreKey[];
  incidents?: IncidentView[];
  majors?: MajorView[];
}

/** How a store stood from `from` up to `to`, milliseconds since 1970. */
export interface StoreSegment {
  from: number;
  to: number;
  state: StoreState;
  reason: Reason;
  /** Not seen so at the time: reports that came later prove it. */
  proven?: true;
}

/** How a store stood over some time. */
export interface StoreAvailability {
  /** One after the other; what nothing is known of, because the store was not there yet, is left out. */
  segments: StoreSegment[];
  /** Milliseconds in each state; states it was never in are left out. */
  totals: Partial<Record<StoreState, number>>;
  /** Of the time it was open and known of, how much it sold in, percent; absent where there is no such time. */
  percent?: number;
  /** Of the time it was open, how much is known of, percent; absent where it was never open. */
  knownPercent?: number;
}

/**
 * What can keep Vigie from its work: keeping reports, hearing agents, seeing other collectors, reading its rules, keeping readings,
 * telling a service desk.
 */
export const HINDRANCES = ['commit', 'broker', 'cluster', 'rules', 'metrics', 'desk'] as const;
export type Hindrance = (typeof HINDRANCES)[number];

/** Sent every few seconds: the stream flows. */
export interface Beat {
  at: number;
  /** What keeps Vigie from its work just now; absent while nothing does. */
  hindered?: readonly Hindrance[];
}

/** A device's readings as they are committed, and how many events it told, for the pages that show them. */
export interface ReadingsDelta {
  at: number;
  device: DeviceKey;
  readings: Reading[];
  events?: number;
}

export interface Reading {
  measurement: string;
  field: string;
  tags: Record<string, string>;
  value: number;
  at: number;
}
