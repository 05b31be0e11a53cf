import type { Locale } from '../protocol/inventory.ts';
import type { MajorView } from '../protocol/majors.ts';
import type { DeviceKey, StoreKey } from '../protocol/names.ts';
import type { Reason } from '../protocol/reasons.ts';
import type { CheckStatus } from '../protocol/status.ts';
import type { IncidentView, StoreState, StoreTile, TimelineEntry } from '../protocol/views.ts';
import type { DeskEar } from './desks/ear.ts';
import type { TicketNews } from './desks/remote-ticket.ts';
import type { EngineEvent } from './engine/types.ts';

/** Alerting's door for the collector: events in, what to commit and what to show out. */
export interface Judge {
  /**
   * Judges events in order. The result must be committed, whole, before the next call; a commit that failed is tried
   * again with the same result.
   */
  judge(events: readonly EngineEvent[], now: number): Judgement;
  /** Milliseconds since 1970 at which the next `tick` is due; undefined when nothing waits. */
  nextDue(): number | undefined;
}

/** Outcome of one group of events. */
export interface Judgement {
  writes: JudgementWrites;
  /** Tiles that changed. */
  stores: StoreTile[];
  /** Stores that left the inventory. */
  gone: StoreKey[];
  /** Incidents that changed. */
  incidents: IncidentView[];
  /** Major incidents that changed; absent where none did. */
  majors?: MajorView[];
}

/** Rows alerting keeps in the state store, written in the commit that carries their events. */
export interface JudgementWrites {
  /** Durable judgement per store; `state: undefined` removes the row. Opaque JSON to the store. */
  stores: { store: StoreKey; state: string | undefined }[];
  /** Upserted by key, with the entries appended to the incident's timeline. */
  incidents: { incident: IncidentView; entries: TimelineEntry[] }[];
  /** The same of major incidents, which share their numbers; absent where there is none. */
  majors?: { major: MajorView; entries: TimelineEntry[] }[];
  /** Ticket work, to be delivered in order per incident and desk. */
  tickets: NewTicketWork[];
  /** What history is told; absent where there is nothing new. */
  history?: HistoryWrites;
  /** What was judged beside readings; absent where there is nothing new. */
  judged?: JudgedEvidence[];
}

/** What a store was judged by, beside the readings of its devices: with these, its past can be judged again. */
export type JudgedEvidence = { store: StoreKey; at: number } & (
  | ({ kind: 'presence'; device: DeviceKey } & Pick<
      Extract<EngineEvent, { kind: 'presence' }>,
      'evidence' | 'seen' | 'intervalS'
    >)
  /** Of a check that says something new. `everyS`: seconds since it last told the same. */
  | { kind: 'status'; device: DeviceKey; told: CheckStatus; everyS?: number }
  /** A collector began to watch; before that, nobody had since `unwatchedFrom`. */
  | { kind: 'started'; unwatchedFrom: number }
);

/** How stores stood, and what late reports prove of it. Written twice, it is there once. */
export interface HistoryWrites {
  standings: Standing[];
  /** A span that has grown replaces the one of the same device and beginning. */
  evidence: EvidenceSpan[];
  /** The partition was watched until then, ms since 1970. */
  watchedUntil?: number;
}

/** How a store stood from `at` (ms since 1970) until its next standing. */
export interface Standing {
  store: StoreKey;
  at: number;
  state: StoreState;
  reason: Reason;
  lanes: Lane[];
}

/** A lane as it stood: its letter of `PIP_OF`, then the devices that bear it. */
export type Lane = readonly [pip: string, ...devices: string[]];

/** A device's own reports, come late, prove that it ran. Milliseconds since 1970. */
export interface EvidenceSpan {
  device: DeviceKey;
  from: number;
  to: number;
}

/**
 * What a ticket needs. `comment`: the last of the view’s comments is to be told. `reopen`: it was resolved, and what it is about
 * is back.
 */
export type TicketAction = 'open' | 'update' | 'comment' | 'reopen' | 'resolve';

/** What a ticket may be about. */
export type TicketSubject = IncidentView | MajorView;

export interface NewTicketWork {
  /** The incident's key. */
  incident: string;
  desk: string;
  action: TicketAction;
  /** The incident, single or major, as it was when the work was made: what the ticket tells. */
  view: TicketSubject;
  locale: Locale;
  at: number;
}

export interface TicketWork extends NewTicketWork {
  /** Orders the work; given by the store. */
  id: number;
  attempts: number;
  /** Not before this time (ms since 1970). */
  notBefore: number;
  /** What the desk called the ticket when it was opened. */
  ticket?: string;
  /** An attempt may have reached the desk; absent where none can have. Of all that opens, and of what has failed. */
  tried?: boolean;
  /** Of what opens: by the work that waits behind it, all is over. A desk that can look finds the ticket or skips it. */
  healed?: boolean;
  /** The desk never made a ticket of the incident, so that there is nothing to be told. */
  unopened?: boolean;
  /** The desk that cannot be reached, in whose place this one is told. */
  insteadOf?: string;
}

export interface DeadTicketWork extends TicketWork {
  error: string;
  diedAt: number;
}

/** What alerting needs kept of one partition. Provided by the collector's state store. */
export interface AlertingStore {
  /** Everything `JudgementWrites.stores` left behind. */
  loadJudgement(): Promise<Iterable<{ store: StoreKey; state: string }>>;
  /** The partition's incidents that are still open, single and major, and the highest number ever given in any partition. */
  loadIncidents(): Promise<{ open: IncidentView[]; majors: MajorView[]; lastNumber: number }>;
  /** The last `HistoryWrites.watchedUntil`. */
  watchedUntil(): Promise<number | undefined>;
  /** The oldest undone work of each incident and desk, due by `now`; the oldest first. At most `limit`. */
  dueTicketWork(now: number, limit: number): Promise<TicketWork[]>;
  /** When the next work is due, if any is waiting. */
  nextTicketWorkAt(): Promise<number | undefined>;
  /** Takes the work off the queue; `ticket` is the desk's number, kept with the incident. */
  ticketWorkDone(id: number, ticket: string | undefined, entry: TimelineEntry): Promise<void>;
  /** Puts the work back for later. */
  ticketWorkFailed(id: number, error: string, notBefore: number): Promise<void>;
  /** Living work that waits for a time after `latest` waits for `latest`: its time was told by a clock that was set since. */
  ticketWorkNoLaterThan(latest: number): Promise<void>;
  /** What was last known of the open incidents’ tickets at their desks (`TicketShadow`); opaque JSON to the store. */
  loadShadows(): Promise<{ incident: string; desk: string; shadow: string }[]>;
  /** Keeps it in the place of what was known before; undefined forgets it. */
  saveShadow(incident: string, desk: string, shadow: string | undefined): Promise<void>;
  /** Sets the work aside for a person; what follows it for this incident and desk waits behind. */
  ticketWorkDead(id: number, error: string, entry: TimelineEntry): Promise<void>;
  /** Notes before its first attempt that the desk may know of what it opens. */
  ticketWorkTried(id: number, at: number): Promise<void>;
  /**
   * Takes the work off the queue untold: what opens with all that waits behind it, provided that all is over still, and any other
   * work alone. Gives the state of the incident’s ticket after; undefined when nothing was taken off.
   */
  ticketWorkNeedless(id: number, entry: TimelineEntry): Promise<IncidentView['ticketState'] | undefined>;
  /** Has another desk told, once each and in order, of what one was to be told long ago. */
  passOnTicketWork(overdue: OverdueWork, entry: TimelineEntry): Promise<PassedOn>;
}

/** Work of `desk` that waits since `waitingSince` (ms since 1970) or longer, to be told to the desk `to` as well. */
export interface OverdueWork {
  desk: string;
  to: string;
  waitingSince: number;
  /** At most so many at a time. */
  limit: number;
}

export interface PassedOn {
  /** How much work was. */
  passed: number;
  /** Since when the oldest of what is not overdue yet waits. */
  waitingSince: number | undefined;
}

/** One service desk. A connector says what became of the work; waiting, order and repetition are not its business. */
export interface Desk {
  deliver(work: TicketWork, signal: AbortSignal): Promise<Delivery>;
  /** Absent where the desk cannot be asked what its people did. */
  news?: TicketNews;
  /** Takes in what the desk sends by itself. Absent where it is only asked, or only told. */
  ear?: DeskEar;
  /** Tells it something that is no ticket. Absent where it takes tickets only. */
  announce?(bulletin: Bulletin, signal: AbortSignal): Promise<Delivery>;
}

/** News of several incidents at once. */
export interface Bulletin {
  /** The same at each attempt. At most 40 letters and digits. */
  id: string;
  locale: Locale;
  /** One line. */
  subject: string;
  /** Plain text, one fact a line. */
  text: string;
  link?: string;
}

export type Delivery =
  /** `replaces`: the ticket in whose place this one was opened. */
  | { outcome: 'done'; ticket?: string; replaces?: string }
  /** What was over before it could be told is not there, and was not opened. Of work that is `healed` only. */
  | { outcome: 'skipped' }
  /** Try again, not before `retryAfterS` if the desk said so. */
  | { outcome: 'retry'; error: string; retryAfterS?: number }
  /** Trying again cannot help. */
  | { outcome: 'refused'; error: string };
