/*
 * How grave a thing is, where it stands, and what it has cost: the same of a single incident and of a major one.
 */

export const SEVERITIES = ['warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 1 (most urgent) to 5. */
export type Priority = 1 | 2 | 3 | 4 | 5;

/** `closed`: resolved so long ago that it is not opened again. */
export const INCIDENT_STATES = ['new', 'acknowledged', 'in-progress', 'on-hold', 'resolved', 'closed'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** Whether nothing is left to be done about it. */
export const isOver = (state: IncidentState): boolean => state === 'resolved' || state === 'closed';

/** What an incident has cost, counted while its store is open; a lane counts in one incident only. */
export interface Loss {
  /** Milliseconds since 1970: counted up to then; from then on `lanes` and `blind` go on. */
  at: number;
  /** Lane-milliseconds lost, and lanes that are being lost now. */
  laneMs: number;
  lanes: number;
  /** The same of lanes nothing is known of: they may have sold. */
  blindMs: number;
  blind: number;
  /** Absent where it is not known what a lane sells. */
  money?: LostMoney;
}

export interface LostMoney {
  /** ISO 4217. */
  currency: string;
  lost: number;
  /** Of lanes nothing is known of: not sold at most. */
  blind: number;
  /** What a lane sells in a minute now. */
  perLaneMinute: number;
}

/** Where the work on a ticket stands; `none`: there is none. */
export type TicketState = 'none' | 'waiting' | 'open' | 'resolved' | 'failed';
