import type { CommandRefusal, CommandState } from '../commands.ts';
import type { DeviceKind } from '../inventory.ts';
import type { OFFLINE_REASONS } from '../messages.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Status } from '../status.ts';
import type {
  AlertState,
  DeviceState,
  IncidentState,
  IncidentView,
  Priority,
  Severity,
  StoreCondition,
  StoreState,
} from '../views.ts';

/** What a sentence may ask of its reason's params. All of it is ready to be read; a param that is missing reads `…`. */
export interface Told {
  has(name: string): boolean;
  text(name: string): string;
  /** As a number, for the choice between singular and plural. */
  number(name: string): number;
  count(name: string): string;
  /** Of seconds. */
  duration(name: string): string;
  /** In the unit the reason names. */
  amount(name: string): string;
  percent(name: string): string;
  /** How much it changes, in the unit the reason names, with its sign. */
  change(name: string): string;
  /** Day and time, at the place the reason names. */
  moment(name: string): string;
  /** A reading in words, e.g. `Disk used (/)`. */
  reading(name: string): string;
  /** A device, alert or store by its own name, without the path that leads to it. */
  target(name: string): string;
  /** Wall time, told as it is: `2026-12-01T05:00`. */
  wallTime(name: string): string;
  /** `P2`. */
  priority(name: string): string;
}

export type Sentence = string | ((told: Told) => string);

/** What to do first, by what is wrong. */
export type Advice =
  | 'cut-off'
  | 'off-lan-together'
  | 'agent-died'
  | 'off-lan'
  | 'off-gateway'
  | 'refused'
  | 'power-cut'
  | 'wan-cut'
  | 'parent-down'
  | 'store-silent'
  | 'fell-together'
  | 'lost'
  | 'silent'
  | 'unsteady'
  | 'stopped'
  | 'unreachable'
  | 'processor'
  | 'memory'
  | 'disk'
  | 'process'
  | 'service'
  | 'disk-health'
  | 'printer'
  | 'payment-terminal'
  | 'peripheral'
  | 'certificate'
  | 'agent'
  | 'upkeep'
  | 'clock'
  | 'heat'
  | 'power'
  | 'hardware'
  | 'uplink'
  | 'supplies'
  | 'reading'
  | 'told'
  | 'traffic'
  | 'link'
  | 'task'
  | 'sales'
  | 'unsold'
  | 'fiscal'
  | 'store-word'
  | 'prometheus'
  | 'other';

/** Everything one language has to say. A code or a value without its words is a type error. */
export interface Words {
  reasons: Readonly<Record<ReasonCode, Sentence>>;
  storeStates: Readonly<Record<StoreState, string>>;
  storeConditions: Readonly<Record<StoreCondition, string>>;
  deviceStates: Readonly<Record<DeviceState, string>>;
  incidentStates: Readonly<Record<IncidentState, string>>;
  ticketStates: Readonly<Record<IncidentView['ticketState'], string>>;
  /** `flapping`: it fires, and comes and goes. */
  alertStates: Readonly<Record<AlertState | 'flapping', string>>;
  severities: Readonly<Record<Severity, string>>;
  priorities: Readonly<Record<Priority, string>>;
  impacts: Readonly<Record<1 | 2 | 3, string>>;
  urgencies: Readonly<Record<1 | 2 | 3, string>>;
  deviceKinds: Readonly<Record<DeviceKind, string>>;
  statuses: Readonly<Record<Status, string>>;
  /** What was heard of a device's presence. */
  evidence: Readonly<Record<'birth' | 'online' | (typeof OFFLINE_REASONS)[number], string>>;
  advice: Readonly<Record<Advice, string>>;
  commandStates: Readonly<Record<CommandState, string>>;
  /** Why an agent did not do what it was told. */
  refusals: Readonly<Record<CommandRefusal, string>>;
}
