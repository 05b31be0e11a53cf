import type { DeviceKind, Store } from '../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import type { Evidence, Point } from '../../protocol/messages.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import type { AlertView, EscalationLevel, Incident, Severity, TimelineEntry } from '../../protocol/views.ts';
import type { Correlation } from './correlate/correlation.ts';
import type { Inheritance } from './inheritance.ts';
import type { Judgement } from './judgement.ts';
import type { RoutingRules } from './routing/rules.ts';
import type { ToldTree } from './tree.ts';
import type { Window } from './window.ts';

/** A fact that reaches judgement. Times are milliseconds since 1970. */
export type EngineEvent =
  /** Readings of a device. `late` ones repair history only: judgement leaves everything live as it is. */
  | {
      kind: 'report';
      device: DeviceKey;
      /** Another speaks of it and has no reading of it: no sign of life. */
      isHearsay?: boolean;
      /** Whoever speaks of it does not speak through the gateway of its store: no sign of life of that either. */
      isFromElsewhere?: boolean;
      at: number;
      late: boolean;
      points: readonly Point[];
      statuses: readonly CheckStatus[];
    }
  /**
   * Evidence about a device's presence, already believed (a will of an earlier boot never gets here). `seen`: what the
   * gateway of its store saw when it was lost; it may come after the loss itself.
   */
  | {
      kind: 'presence';
      device: DeviceKey;
      at: number;
      evidence: PresenceEvidence;
      seen?: Evidence;
      intervalS?: number;
    }
  /** A store as the inventory now has it; `undefined` takes it away. */
  | { kind: 'inventory'; store: StoreKey; simulated: boolean; definition: Store | undefined }
  /** What an agent told of a device, as far as rules may ask for it. Also for one the inventory does not have yet. */
  | { kind: 'observed'; device: DeviceKey; attributes: Readonly<Record<string, string>> }
  /** Other rules hold from now on; what stands goes on under the rule that has taken the place of its own. */
  | { kind: 'rules'; pack: RulePack }
  /** Every maintenance window and change there is from now on. */
  | { kind: 'maintenance'; windows: readonly MaintenanceWindow[] }
  /** What the devices of a store tell of one another, whole. Of a store the inventory has. */
  | { kind: 'topology'; store: StoreKey; parents: ToldTree }
  /** The collector has just started: what was online has to be heard again before its absence counts. */
  | { kind: 'started' }
  /** The clock was set: `now` is so much later, or earlier, than the time that has passed would make it. */
  | { kind: 'clock-stepped'; byMs: number }
  /** What people say and do. `desk`: the desk they did it at, absent where they did it here. */
  | { kind: 'acknowledge'; incident: string; by: string; desk?: string }
  /** It waits for something outside: until then, or until somebody resumes it. */
  | { kind: 'hold'; incident: string; by: string; why: string; until?: number; desk?: string }
  | { kind: 'resume'; incident: string; by: string; desk?: string }
  /** Work begins: whoever begins it has it in hand. */
  | { kind: 'start'; incident: string; by: string; desk?: string }
  /** Without an owner it is nobody's; without a level it stays where it is. */
  | { kind: 'assign'; incident: string; by: string; owner?: string; level?: EscalationLevel; desk?: string }
  /** It is the same fault as another open one of its store, and ends in that. */
  | { kind: 'merge'; incident: string; into: string; by: string; desk?: string }
  /** These alerts, by key, are another fault: some of those that stand, and not all of them. */
  | { kind: 'split'; incident: string; alerts: string[]; by: string; desk?: string }
  /** It was resolved too early, and may still be opened again (`RulePack.reopenS`). */
  | { kind: 'reopen'; incident: string; by: string; why?: string; desk?: string }
  | { kind: 'comment'; incident: string; by: string; text: string; desk?: string; id?: string }
  /** The desk has ended its ticket while the fault lasts. `reopen`: it is to be opened again there; otherwise it is left so. */
  | { kind: 'ticket-ended'; incident: string; by: string; desk: string; reopen: boolean }
  /** Somebody had something done about it, or it was done: `reason` is one of `action.…`. */
  | { kind: 'action'; incident: string; reason: Reason }
  /** Time passes: whatever is due by `now` happens. */
  | { kind: 'tick' };

export type PresenceEvidence = 'birth' | 'online' | 'lost' | 'stopped' | 'unreachable';

/** A change of an alert, with its named reason. */
export interface Transition {
  alert: AlertView;
  from: AlertView['state'] | 'ok';
  at: number;
}

/** What the shell has to carry out with the same commit. */
export type Effect =
  /** The store's durable judgement changed: keep `saveStore(state, store)`; a store that is gone saves `undefined`. */
  | { kind: 'save'; store: StoreKey }
  /** What people see of the store changed. */
  | { kind: 'show'; store: StoreKey }
  /** An incident opened, changed or ended. `desk` says what its ticket needs, if anything. */
  | {
      kind: 'incident';
      incident: Incident;
      entries: TimelineEntry[];
      desk?: 'open' | 'update' | 'reopen' | 'resolve';
      /** Desks that ended their tickets too early: theirs alone are opened again. */
      reopens?: string[];
      /** How many of its last comments are new. */
      comments?: number;
      /** The one desk that all of this comes from: it need not be told. */
      origin?: string;
    };

export interface StepResult<State> {
  state: State;
  transitions: Transition[];
  effects: Effect[];
}

/** Which devices a rule judges; a part left out matches all. */
export interface Scope {
  kinds?: readonly DeviceKind[];
  /**
   * Attributes it must have, each with the texts one of which fits, `*` standing for any run of characters, in any case:
   * `store.…` and `device.…` of the inventory, `asset.…` of its books, `observed.…` as its agent tells.
   */
  attributes?: Readonly<Record<string, readonly string[]>>;
}

interface RuleBase {
  id: string;
  title: { fr: string; en: string };
  scope: Scope;
  severity: Severity;
  /** 1 high, 2 medium, 3 low. */
  urgency: 1 | 2 | 3;
  /** `open`: fires only while the store is open, and at opening if the fault is still there. */
  hours: 'open' | 'always';
  /** Seconds the fault must last before the alert fires. */
  forS: number;
  /** Seconds it must be gone before the alert resolves. */
  clearForS: number;
}

/** What becomes of an alert when a device is heard, and what it used to tell stays away. */
export interface NoData {
  /** Left out: whatever stood, stands. */
  does: 'alert' | 'resolve';
  afterS: number;
}

/** A reading beyond a limit. It clears only beyond a second limit, so that it cannot chatter between two samples. */
export interface ThresholdRule extends RuleBase {
  type: 'threshold';
  measurement: string;
  field: string;
  /** Tags a point must bear. */
  tags: Record<string, string>;
  /** Tags that tell its alerts on one device apart; left out: every tag of the point that `tags` doesn't fix. */
  by?: readonly string[];
  direction: 'above' | 'below';
  raise: number;
  clear: number;
  /** Of what is judged. */
  unit: string;
  /** Left out: each reading by itself. */
  window?: Window;
  noData?: NoData;
}

/** What a check says by itself. */
export interface StatusRule extends RuleBase {
  type: 'status';
  /** Check names this rule takes, `*` standing for any run of characters. */
  check: readonly string[];
  /** Of these, the ones it leaves to other rules. */
  except?: readonly string[];
  /** The statuses that raise it; `unknown` only where it is named. */
  raise: readonly ('warning' | 'critical' | 'unknown')[];
  noData?: NoData;
}

/** Nothing is heard. `forS` counts from the loss; `stoppedForS` from a goodbye. */
export interface SilenceRule extends RuleBase {
  type: 'silence';
  /** A connected device is silent after this many reporting intervals without a report. */
  intervals: number;
  stoppedForS: number;
}

/** A share of a group: of the devices its scope takes in one store, or of the lanes they bear. Raise and clear in percent. */
export interface CompositeRule extends RuleBase {
  type: 'composite';
  of: 'devices' | 'lanes';
  /** What makes a member count: nothing is heard of it; that, or anything fires on it; `rule` fires on it. */
  when: 'down' | 'degraded' | 'firing';
  /** With `firing`. */
  rule?: string;
  raise: number;
  clear: number;
}

/**
 * A reading on its way to a limit: raised when the limit is expected within `withinS`, cleared when it is expected beyond
 * `clearBeyondS` or not at all.
 */
export interface ForecastRule extends RuleBase {
  type: 'forecast';
  measurement: string;
  field: string;
  /** Tags a point must bear. */
  tags: Record<string, string>;
  /** Tags that tell its quantities on one device apart. */
  by: readonly string[];
  /** Other fields of the point that must be at least so much for the reading to count. */
  when: Record<string, number>;
  direction: 'rising' | 'falling';
  limit: number;
  withinS: number;
  clearBeyondS: number;
  /** How far back readings are kept. */
  overS: number;
  unit: string;
}

/**
 * A till that sells nothing for a time its own sales curve makes improbable, while the other tills of its store go on; and
 * on the store as a whole, none of whose tills sells. Cleared by the first sale.
 */
export interface SalesRule extends RuleBase {
  type: 'sales';
  measurement: string;
  /** The counter of sales. */
  field: string;
  /** Tells whether somebody is at the till; left out: not told. */
  session?: string;
  /** How probable the pause may be at most, 0 to 1. */
  chance: number;
  /** Percent of what the other tills are expected to sell that they must have sold of late. */
  others: number;
}

/**
 * Looks at the devices it takes before their store opens: what of its severity or graver stands against one, and would wait
 * for the opening, fires then. It has no alert of its own.
 */
export interface OpeningRule extends RuleBase {
  type: 'opening';
  /** Seconds before the opening from which faults fire. */
  beforeS: number;
  /** Seconds before the opening from which a device that is not heard is one: until then it may be switched off. */
  onBeforeS: number;
}

/**
 * A reading far from what is usual at this hour of the week, in spreads: the mean distance of readings from it. Nothing is
 * raised while too little is known.
 */
export interface BaselineRule extends RuleBase {
  type: 'baseline';
  measurement: string;
  field: string;
  /** Tags a point must bear. */
  tags: Record<string, string>;
  /** Tags that tell its quantities on one device apart. */
  by: readonly string[];
  direction: 'above' | 'below' | 'both';
  /** Spreads. */
  raise: number;
  clear: number;
  /** In the unit of what is judged: what is nearer is no fault, however steady it was. */
  least: number;
  /** What has lasted for so long is what is usual now. */
  adaptS: number;
  /** Of what is judged. */
  unit: string;
  /** Left out: each reading by itself. */
  window?: Window;
}

export type Rule =
  | ThresholdRule
  | StatusRule
  | SilenceRule
  | CompositeRule
  | ForecastRule
  | SalesRule
  | OpeningRule
  | BaselineRule;

export interface RulePack {
  rules: readonly Rule[];
  /** Seconds in which silent devices of one store are still taken as one cause. */
  settleS: number;
  /** Seconds without any alert before an incident resolves by itself. */
  quietS: number;
  /** Seconds in which a resolved incident is opened again; then it is closed. Left out: what is resolved stays so. */
  reopenS?: number;
  /** Seconds after a start in which a device that was online may come back before its absence counts. */
  graceS: number;
  /** How incidents are weighed and what was agreed about them; left out: ITIL's matrix, and nothing agreed. */
  judgement?: Judgement;
  /** How its rules differ from place to place; left out: nowhere. */
  inheritance?: Inheritance<Rule>;
  /** How what several stores have in common is found; left out: as it is by default. */
  correlation?: Correlation;
  /** How incidents are handled, and who hears of them; left out: every desk, of all. */
  routing?: RoutingRules;
}
