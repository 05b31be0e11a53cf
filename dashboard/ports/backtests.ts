import type { BacktestAnswer } from '../../protocol/backtest.ts';

/** So long a time is replayed at most. */
export const MOST_DAYS = 400;

/** What is to be replayed. */
export interface BacktestRequest {
  /** A rule pack, YAML: the rules under test. */
  rules: string;
  /** Others to compare them with; today's where left out. */
  against?: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** Chains and stores, `chain` or `chain/store`; all where left out. */
  places?: readonly string[];
}

export type BacktestStanding = 'running' | 'done' | 'cancelled' | 'failed';

export interface BacktestView {
  id: string;
  standing: BacktestStanding;
  from: number;
  to: number;
  /** Who asked for it, and when. */
  by: string;
  at: number;
  /** Stores times days. */
  done: number;
  total: number;
  /** While it runs and something is done. */
  secondsLeft?: number;
  answer?: BacktestAnswer;
  /** Of one that failed. */
  error?: string;
}

/** Says what of a request cannot be: of the rules, where. */
export class BacktestError extends Error {
  readonly faults: readonly { path: string; message: string }[];
  constructor(faults: BacktestError['faults']) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'BacktestError';
    this.faults = faults;
  }
}

/** Replays of the past, one at a time. Answers are kept for an hour. */
export interface BacktestPort {
  /** @throws BacktestError. Undefined while another is at work. */
  start(request: BacktestRequest, by: string): Promise<BacktestView | undefined>;
  get(id: string): BacktestView | undefined;
  /** False when there is none. Of one that is over, the answer is forgotten. */
  cancel(id: string): boolean;
}
