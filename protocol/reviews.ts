import type { MajorCause, MajorEvidence } from './majors.ts';
import type { StoreKey } from './names.ts';
import type { Reason } from './reasons.ts';
import type { Loss, Priority } from './weights.ts';

/** The instants a review is about, ms since 1970; those that never came are absent. */
export interface ReviewTimes {
  /** First evidence in any store. */
  firstSignal: number;
  /** The first of its incidents was opened. */
  detected: number;
  /** It was told as one. */
  recognised: number;
  /** A desk had its ticket. */
  ticket?: number;
  acknowledged?: number;
  firstStoreBack?: number;
  lastStoreBack?: number;
  /** It had stayed over for long enough. */
  resolved?: number;
}

/** How long each part took, milliseconds; what never ended is absent. */
export interface ReviewSplit {
  /** From the first signal to the first incident. */
  detectionMs: number;
  /** From there to one incident for all. */
  recognitionMs: number;
  /** From there to somebody’s word. */
  responseMs?: number;
  /** From the first incident to the last store’s return. */
  restorationMs?: number;
}

export interface ReviewMoment {
  at: number;
  reason: Reason;
  /** Of one store’s incident; absent where it is the major one’s own. */
  store?: { key: StoreKey; title: string; incident: number };
}

export interface ReviewIncident {
  number: number;
  store: StoreKey;
  storeTitle: string;
  since: number;
  resolvedAt?: number;
  lanesDown: number;
  lanesTotal: number;
  loss?: Loss;
}

/** What people are asked to say in a review, because of what the facts show. */
export const REVIEW_QUESTIONS = [
  'slow-detection',
  'slow-recognition',
  'slow-response',
  'never-acknowledged',
  'clock-breached',
  'ticket-failed',
  'action-failed',
  'no-action',
  'suspect-change',
  'stores-left',
  'recurrence',
] as const;
export type ReviewQuestion = (typeof REVIEW_QUESTIONS)[number];

/** What people wrote beside the facts. */
export interface ReviewNotes {
  text: string;
  by: string;
  at: number;
  /** Grows with each writing: whoever writes says which one they have read. */
  revision: number;
}

/** A post-incident review: what is known, and what is for people to say. */
export interface Review {
  number: number;
  chain: string;
  chainTitle: string;
  simulated?: boolean;
  isOver: boolean;
  cause: MajorCause;
  title: Reason;
  fold: Reason;
  evidence?: MajorEvidence;
  priority: Priority;
  ticket?: string;
  acknowledgedBy?: string;
  times: ReviewTimes;
  split: ReviewSplit;
  stores: number;
  /** Stores that are not back. */
  storesOpen: number;
  lanesTotal: number;
  loss?: Loss;
  /** What happened, in order; `momentsLeft`: how many more there were. */
  moments: ReviewMoment[];
  momentsLeft: number;
  /** What was done about it by command, and what it came to. */
  actions: ReviewMoment[];
  /** Changes that were under way, or had just ended. */
  suspects: Reason[];
  /** As many as are known in full, the longest away first; there may have been more. */
  incidents: ReviewIncident[];
  questions: ReviewQuestion[];
}
