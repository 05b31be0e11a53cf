import type { Device, Store } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { AlertView, DeviceState, Incident, StoreTile, TimelineEntry } from '../../protocol/views.ts';
import type { Usual } from './baseline/usual.ts';
import type { Calendar } from './calendar.ts';
import { type CompiledJudgement, compileJudgement } from './compile-judgement.ts';
import { compileRules, type Judged } from './compile-rules.ts';
import { DueHeap, type Waiting } from './due.ts';
import { inheritedIn } from './effective-rules.ts';
import type { Changes } from './flapping.ts';
import type { Watch } from './forecast/watch.ts';
import { DEFAULT_JUDGEMENT } from './judgement.ts';
import { type Planned, Planning } from './maintenance/cover.ts';
import type { SalesWatch } from './sales/watch.ts';
import { describeDevice, matchScopes, type ScopeMatcher } from './scope.ts';
import type { ToldTree } from './tree.ts';
import type { Rule, RulePack, StatusRule, StepResult, ThresholdRule, Transition } from './types.ts';
import type { Samples } from './window.ts';

/** Seconds between two reports, until the agent says otherwise. */
export const DEFAULT_INTERVAL_S = 30;

/** What is known of a device's presence. `silent`: connected, but its reports stay away. */
export type Presence = 'unseen' | 'online' | 'silent' | 'lost' | 'unreachable' | 'stopped';

/** An alert that is pending or firing. */
export interface Alert {
  /** Replaced when it changes, never altered: what was handed out stays as it was. */
  view: AlertView;
  readonly device: DeviceEntry;
  rule: Rule;
  /** Since when the fault has been seen without a break; 0 while it is not. */
  faultSince: number;
  /** Since when it has been seen gone without a break; 0 while it is not. */
  clearSince: number;
  /** From the moment it fires. */
  incident: OpenIncident | undefined;
}

/** The last results of one rule on one device, kept while a change is among them. */
export interface Ring {
  rule: Rule;
  changes: Changes;
  /** What the last result said that said anything. */
  isBad: boolean;
  isFlapping: boolean;
  /** When the last change came. */
  changedAt: number;
}

/** What one rule remembers of one thing it judges on a device: of rules with a window or an answer to missing data only. */
export interface Series {
  rule: ThresholdRule | StatusRule;
  readonly instance: string;
  /** Of a threshold: the tags that tell it apart. */
  readonly tags: Readonly<Record<string, string>>;
  /** When it was last told; 0 before it was since a restart. */
  heardAt: number;
  samples: Samples | undefined;
}

/** Reports that were made while a device could not be heard, and were kept: it ran all the time. */
export interface Proof {
  reports: number;
  /** When the first and the last of them were made. */
  from: number;
  to: number;
}

export interface OpenIncident {
  /** Altered in place, without its alerts: `snapshotOf` makes what is handed out. */
  readonly incident: Omit<Incident, 'alerts'>;
  /** Grows from incident to incident of a store: the older of two has the smaller, whatever the clock says. */
  readonly order: number;
  /** Every alert that ever belonged to it, as it last was, by key. */
  readonly alerts: Map<string, AlertView>;
  /** Since when nothing fires; 0 while something does. */
  quietSince: number;
  /** When its first fault began, by the clock as it is now. */
  lostAt: number;
  /** What was last part of it went and came back by itself. */
  passed?: true;
  /** What kept reports have shown of its cause. */
  proof?: Proof;
  /** People took it out of another one: folding leaves it alone. */
  split?: true;
  /** People opened it again, and nothing of it has fired since. */
  lingers?: true;
  /** When it was resolved, by the clock as it is now; absent while it is open. */
  endedAt?: number;
}

/** A time during which a store lives on what it has in reserve. */
export interface Spell {
  from: number;
  /** 0 while it lasts. */
  until: number;
  /** When it was last said that it lasts. */
  saidAt: number;
  /** Of the link or the UPS, where the device tells of several. */
  name?: string;
}

/** A store without a sale: since when, what was expected of its tills since, and at what pace they sold before. */
export interface Quiet {
  soldAt: number;
  expected: number;
  pace: number;
}

export interface DeviceEntry {
  readonly key: DeviceKey;
  readonly store: StoreEntry;
  definition: Device;
  judged: Judged;
  /** The device whose agent watches this one. */
  watcher: DeviceEntry | undefined;
  /** The devices its agent watches. */
  watched: readonly DeviceEntry[];
  /** What it hangs on: of several, one is enough. */
  parents: readonly DeviceEntry[];
  /** Whether others hang on it. */
  carries: boolean;
  /** The port of the parent it hangs on. */
  parentPort: string | undefined;
  presence: Presence;
  /** Since when it is present, or has not been. */
  since: number;
  reason: Reason;
  /** Seconds between its reports. */
  intervalS: number;
  /** Last sign of life: what is lost failed between this and `since`. */
  heardAt: number;
  /** Last report; 0 before the first. */
  reportAt: number;
  /** What is known dates from before a restart or from before its watcher was lost: it counts again from then on; 0 when it counts now. */
  confirmBy: number;
  /** Its watcher is back, the device itself not heard since: no evidence either way. */
  unsure: boolean;
  /** When its last report said that what it sells does not reach the centre; 0 when it does, or is not known to sell. */
  offlineAt: number;
  /** Windows of maintenance and changes it is part of; undefined when there is none. */
  planned: readonly Planned[] | undefined;
  /** The UPS it tells of runs on its battery, or did. */
  battery: Spell | undefined;
  /** The store is on the backup link, by what this device tells, or was. */
  backup: Spell | undefined;
  /** By `rule#instance`; undefined while all is well. */
  alerts: Map<string, Alert> | undefined;
  /** By `rule#instance`; undefined while nothing has changed lately. */
  rings: Map<string, Ring> | undefined;
  /** Undefined where no rule remembers any. */
  series: Series[] | undefined;
  /** What forecasts are made of; undefined while no such rule has found its reading. */
  watches: Watch[] | undefined;
  /** What it sells; undefined while it has told nothing of that, or no rule asks. */
  sales: SalesWatch | undefined;
  /** What is usual of its readings; undefined while no rule asks. */
  usuals: Usual[] | undefined;
  shown: DeviceState;
  shownSince: number;
}

export interface StoreEntry extends Waiting {
  readonly key: StoreKey;
  definition: Store;
  simulated: boolean;
  /** Whose rules judge its devices: of another that holds meanwhile they hear when it is their turn, see `swapRules`. */
  pack: RulePack;
  /** In the inventory's order. */
  devices: readonly DeviceEntry[];
  /** What the alerts of groups of its devices stand on, under the store's own key; undefined where no rule judges one. */
  whole: DeviceEntry | undefined;
  /** Watchers before those they watch. */
  watchersFirst: readonly DeviceEntry[];
  /** What its devices tell of one another. */
  told: ToldTree;
  /** Devices that bear each lane, in the lanes' order. */
  lanes: readonly (readonly DeviceEntry[])[];
  /** Undefined: always open. */
  calendar: Calendar | undefined;
  open: boolean;
  /** Windows any of its devices is part of; undefined when there is none. */
  planned: readonly Planned[] | undefined;
  /** Since when no device of the store is heard; 0 while one is. */
  silentSince: number;
  /** A device of it has told of its links: where the usual one fails, another is there. */
  hasBackup: boolean;
  /** When it was heard again after its last silence. */
  spokeAt: number;
  /** Nothing is wrong with it, and until then time alone changes nothing but that a device falls silent; 0 otherwise. */
  calmUntil: number;
  /** When its windows were last asked to be saved; 0 before. */
  windowsSavedAt: number;
  /** The pause in which none of its tills sells; undefined before the first sale since it opened. */
  quiet: Quiet | undefined;
  /** When what was learnt of it was last asked to be saved; 0 before. */
  learntSavedAt: number;
  /** By the key of the cause's target: one open incident per cause; and those people took out of one, by their own. */
  readonly incidents: Map<string, OpenIncident>;
  /** Resolved ones that may open again, by key: the oldest first. */
  readonly ended: Map<string, OpenIncident>;
  /** Of the newest incident it ever had; 0 before the first. */
  lastOrder: number;
  tile: Omit<StoreTile, 'incident'>;
  lanesDown: number;
}

export interface IncidentChange {
  readonly entries: TimelineEntry[];
  desk: 'open' | 'update' | 'reopen' | 'resolve' | undefined;
  /** How many of the incident’s last comments are new. */
  comments: number;
  /** The desks this comes from; undefined among them for what was done or found here. */
  readonly origins: Set<string | undefined>;
  /** Desks whose tickets were ended too early. */
  readonly reopens: Set<string>;
}

/** What a step has done so far. */
export interface Turn {
  readonly state: EngineState;
  now: number;
  /** Something changed that the store has to be settled for. */
  stirred: boolean;
  /** The desk at which people did what is being worked in. */
  origin: string | undefined;
  /** Devices that were heard of and whose stores are not settled yet; of those a gateway speaks for, the gateway. */
  readonly unsettled: Map<DeviceEntry, StoreEntry>;
  /** Stores were settled already. */
  settled: boolean;
  readonly transitions: Transition[];
  /** Alerts that began to fire and have no incident yet. */
  readonly fired: Alert[];
  readonly changed: Map<OpenIncident, IncidentChange>;
  readonly saves: Set<StoreKey>;
  readonly shows: Set<StoreKey>;
}

/** Everything judgement knows. Belongs to the engine; others go through its door. */
export interface EngineState {
  pack: RulePack;
  scopes: ScopeMatcher;
  judgement: CompiledJudgement;
  /** By kind, or by the rules that take a device where attributes decide too: there are few such sets. */
  readonly judged: Map<string, Judged>;
  /** What agents told of their devices: other rules may ask for it than those of now. */
  readonly observed: Map<DeviceKey, Readonly<Record<string, string>>>;
  readonly stores: Map<StoreKey, StoreEntry>;
  /** And the stores that stand for groups of their devices. */
  readonly devices: Map<DeviceKey | StoreKey, DeviceEntry>;
  /** Open ones, by key. */
  readonly incidents: Map<string, OpenIncident>;
  /** Maintenance windows and changes, as they are known now. */
  planning: Planning;
  /** Stores mostly share their hours. */
  readonly calendars: Map<string, Calendar>;
  readonly due: DueHeap<StoreEntry>;
  /** Incidents loaded for a store the inventory no longer has; they end at the start. */
  readonly orphans: Map<StoreKey, OpenIncident[]>;
  /** What a step that changed nothing answers. */
  readonly idle: StepResult<EngineState>;
  turn: Turn;
}

const nothing = Object.freeze([]) as unknown as never[];

/** A state without stores, and without a turn: `newTurn` begins one. */
export function newState(pack: RulePack): EngineState {
  const state = {
    pack,
    scopes: matchScopes(pack),
    judgement: compileJudgement(pack.judgement ?? DEFAULT_JUDGEMENT),
    judged: new Map(),
    observed: new Map(),
    stores: new Map(),
    devices: new Map(),
    incidents: new Map(),
    planning: new Planning([]),
    calendars: new Map(),
    due: new DueHeap<StoreEntry>(),
    orphans: new Map(),
  } as unknown as { -readonly [key in keyof EngineState]: EngineState[key] };
  state.idle = Object.freeze({ state, transitions: nothing, effects: nothing });
  return state;
}

/** The rules that judge a device as it is described now, compiled once for all that are alike. */
export function judgedFor(state: EngineState, store: Store, device: Device, key: DeviceKey): Judged {
  const { scopes, judged, pack } = state;
  const find = () => scopes.rulesFor(describeDevice(store, device, state.observed.get(key)));
  const inherited = inheritedIn(pack);
  const held = inherited?.findOverrides(store, device, key);
  if (inherited && held && held.length > 0) {
    const variants = find().flatMap((place) => inherited.variantAt(place, held) ?? []);
    return compiledAs(judged, variants.map((variant) => variant.name).join(), () => variants.map(({ rule }) => rule));
  }
  const places = scopes.asksAttributes ? find() : undefined;
  return compiledAs(judged, places?.join() ?? device.kind, () =>
    (places ?? find()).flatMap((place) => pack.rules[place] ?? []),
  );
}

function compiledAs(judged: EngineState['judged'], name: string, rules: () => readonly Rule[]): Judged {
  const known = judged.get(name) ?? compileRules(rules());
  judged.set(name, known);
  return known;
}

/** The rules that judge what is no device, compiled once for all that are alike. */
export function judgedBy({ judged }: EngineState, rules: readonly Rule[]): Judged {
  return compiledAs(judged, `whole ${rules.map(textOf).join()}`, () => rules);
}

const texts = new WeakMap<Rule, string>();

/** A rule never changes: it is written once. */
function textOf(rule: Rule): string {
  const text = texts.get(rule) ?? JSON.stringify(rule);
  texts.set(rule, text);
  return text;
}
