/** A report that is still to be sent; its readings are worked out when it goes. */
export interface PendingReport {
  boot: string;
  seq: number;
  /** Milliseconds since 1970: when it was measured. */
  at: number;
  /** Which of the store’s devices. */
  device: number;
  /** Could not go when it was measured. */
  kept: boolean;
}

export interface Gap {
  reports: number;
  from: number;
  to: number;
}

/** Live reports go at once; kept ones a few at a time behind them, so that a region coming back doesn’t flood anyone. */
const IN_FLIGHT = { live: 64, kept: 4 };

/** The reports of one agent until they have arrived: bounded, the oldest dropped first and counted. */
export class Outbox {
  readonly #limit: number;
  #kept: PendingReport[] = [];
  #live: PendingReport[] = [];
  readonly #inFlight = new Set<PendingReport>();
  /** Acknowledged by the broker, at this time, and without a receipt. */
  readonly #unreceipted = new Map<PendingReport, number>();
  #gap: Gap | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#kept.length + this.#live.length + this.#inFlight.size + this.#unreceipted.size;
  }

  add(report: PendingReport): void {
    (report.kept ? this.#kept : this.#live).push(report);
    while (this.size > this.#limit) this.#drop();
  }

  /** The next report to send, if one may go now. It stays here until `acknowledge` or `receive`. */
  next(): PendingReport | undefined {
    if (this.#unreceipted.size >= this.#limit / 2) return undefined;
    const flying = this.#inFlight.size;
    const report =
      (flying < IN_FLIGHT.live ? this.#live.shift() : undefined) ??
      (flying < IN_FLIGHT.kept ? this.#kept.shift() : undefined);
    if (report) this.#inFlight.add(report);
    return report;
  }

  acknowledge(report: PendingReport): void {
    this.#inFlight.delete(report);
  }

  /** The broker has acknowledged it, at `now`; the collector may not have it yet. */
  awaitReceipt(report: PendingReport, now: number): void {
    if (this.#inFlight.delete(report)) this.#unreceipted.set(report, now);
  }

  /** The collector has these of a run. Returns how many of ours they were. */
  receive(boot: string, seen: readonly (readonly [number, number])[]): number {
    const before = this.size;
    const isSeen = (report: PendingReport) =>
      report.boot === boot && seen.some(([from, to]) => from <= report.seq && report.seq <= to);
    for (const report of this.#unreceipted.keys()) if (isSeen(report)) this.#unreceipted.delete(report);
    for (const report of this.#inFlight) if (isSeen(report)) this.#inFlight.delete(report);
    if (this.#kept.length > 0) this.#kept = this.#kept.filter((report) => !isSeen(report));
    return before - this.size;
  }

  /** The longest without a receipt, if the broker acknowledged it before this time, is sent again. */
  askAgain(before: number): void {
    for (const [report, since] of this.#unreceipted) {
      if (since < before) this.#keep([report]);
      return;
    }
  }

  /** Whatever was not acknowledged, or has no receipt, is kept to be sent again. */
  connectionLost(): void {
    this.#keep([...this.#unreceipted.keys(), ...this.#inFlight, ...this.#live]);
    this.#live = [];
    this.#inFlight.clear();
  }

  #keep(reports: readonly PendingReport[]): void {
    for (const report of reports) this.#unreceipted.delete(report);
    this.#kept.push(...reports.map((report) => ({ ...report, kept: true })));
    this.#kept.sort((a, b) => a.at - b.at || a.seq - b.seq);
  }

  /** Reports dropped since `gapTold`. */
  gap(): Gap | undefined {
    return this.#gap && { ...this.#gap };
  }

  /** The collector knows of this gap; what was dropped meanwhile remains to be told. */
  gapTold(told: Gap): void {
    if (!this.#gap) return;
    const reports = this.#gap.reports - told.reports;
    this.#gap = reports > 0 ? { reports, from: told.to, to: this.#gap.to } : undefined;
  }

  #drop(): void {
    const oldest = this.#kept.shift() ?? firstOf(this.#unreceipted.keys()) ?? this.#live.shift();
    if (!oldest) return;
    this.#unreceipted.delete(oldest);
    const { at } = oldest;
    this.#gap = this.#gap
      ? { reports: this.#gap.reports + 1, from: Math.min(this.#gap.from, at), to: Math.max(this.#gap.to, at) }
      : { reports: 1, from: at, to: at };
  }
}

function firstOf<T>(values: Iterable<T>): T | undefined {
  for (const value of values) return value;
  return undefined;
}
