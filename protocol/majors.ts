import type { Comment } from './comments.ts';
import type { StoreKey } from './names.ts';
import type { Handled } from './procedures.ts';
import type { Reason } from './reasons.ts';
import type { IncidentState, Loss, Priority, Severity, TicketState } from './weights.ts';

/** How many of a group of stores have failed. */
export interface FailedShare {
  failed: number;
  of: number;
}

/** Why an attribute is taken for what failing stores have in common. */
export interface MajorEvidence {
  /** Stores that have it. */
  inside: FailedShare;
  /** Those that do not. */
  outside: FailedShare;
  /** Attribute values that could have been named. */
  tried: number;
  /** Chance of so many inside were it nothing but chance, corrected for what was tried; 0 to 1. */
  p: number;
}

/** `attribute`: as rules name it (`store.carrier`, `device.model`, `observed.os`), or `region`, `change`, or `deployed.software.pos`. */
export type MajorCause = { kind: 'common'; attribute: string; value: string } | { kind: 'storm' };

/** An incident beneath a major one, open or not. */
export interface MajorChild {
  incident: string;
  number: number;
  store: StoreKey;
  storeTitle: string;
  over: boolean;
  /** Once it is over: what it cost. */
  loss?: Loss;
}

/** What several stores have in common that failed together; or so many at once that they are told as one. */
export interface MajorIncident {
  /** Never changes and never comes twice. It is the ticket's idempotency key. */
  key: string;
  chain: string;
  cause: MajorCause;
  /** What befell them, e.g. `network`; absent in a storm. */
  symptom?: string;
  /** In one sentence, what it is. */
  title: Reason;
  /** In one sentence, what shows it. */
  fold: Reason;
  /** At its strongest; absent in a storm. */
  evidence?: MajorEvidence;
  state: Exclude<IncidentState, 'in-progress' | 'on-hold' | 'closed'>;
  severity: Severity;
  priority: Priority;
  /** First evidence. */
  since: number;
  openedAt: number;
  acknowledgedAt?: number;
  acknowledgedBy?: string;
  /** What people said of it: the last few. */
  comments?: Comment[];
  resolvedAt?: number;
  /** Since when its stores are back, or all but a few; absent while they are not. */
  quietSince?: number;
  /** Stores it has touched, and those that are still beneath it. */
  stores: number;
  storesOpen: number;
  lanesDown: number;
  lanesTotal: number;
  loss?: Loss;
  /** In the order they came. */
  children: MajorChild[];
}

/** A major incident as people see it: with its number and its ticket. */
export interface MajorView extends MajorIncident, Omit<Handled, 'model'> {
  number: number;
  chainTitle: string;
  simulated?: boolean;
  ticket?: string;
  /** The desks that were told of it; absent where none was. */
  desks?: string[];
  ticketState: TicketState;
}
