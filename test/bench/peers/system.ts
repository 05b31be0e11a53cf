/** A system under the same work as the others: 1,000 devices that report 20 values each. */
export interface PeerSystem {
  name: { en: string; fr: string };
  /** The others are compared with it. */
  isVigie?: true;
  /** What it does with a value beside taking it. */
  judges: { en: string; fr: string };
  /** What an acknowledgement to the sender is worth. */
  acknowledges: { en: string; fr: string };
  /** Reports per second it should hold: where the ladder begins after the rate common to all. */
  guess: number;
  /** @throws NotInstalled */
  start(): Promise<RunningSystem>;
}

export interface RunningSystem {
  /** Its processes, each with all it has started: what they burn and hold is the system's. */
  readonly parts: Record<string, number>;
  /** Processes of the load, which share the machine and are counted apart. */
  readonly loads: readonly number[];
  /** Offers so many reports per second from now on; 0 pauses. Resolves to the rate it could set, which may differ a little. */
  offer(reportsPerS: number): Promise<number>;
  look(): Promise<Look>;
  stop(): Promise<void>;
}

/** What has happened since the start, as reports of 20 values. */
export interface Look {
  /** Milliseconds, of a clock that only rises: the instant `committed` holds for. */
  at: number;
  committed: number;
  /** Undefined for a system that fetches its values itself. */
  acknowledged: number | undefined;
  /** Rounds of judgement, where the system counts those it had no time for. */
  judged?: { done: number; missed: number };
}
