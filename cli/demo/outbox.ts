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

/** The reports of one agent until they are acknowledged: bounded, the oldest dropped first and counted. */
export class Outbox {
  readonly #limit: number;
  #kept: PendingReport[] = [];
  #live: PendingReport[] = [];
  readonly #inFlight = new Set<PendingReport>();
  #gap: Gap | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#kept.length + this.#live.length + this.#inFlight.size;
  }

  add(report: PendingReport): void {
    (report.kept ? this.#kept : this.#live).push(report);
    while (this.size > this.#limit) this.#drop();
  }

  /** The next report to send, if one may go now. It stays here until `acknowledge` or `connectionLost`. */
  next(): PendingReport | undefined {
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

  /** Whatever was not acknowledged is kept, to be sent again. */
  connectionLost(): void {
    const unsent = [...this.#inFlight, ...this.#live].map((report) => ({ ...report, kept: true }));
    this.#kept = [...this.#kept, ...unsent].sort((a, b) => a.at - b.at || a.seq - b.seq);
    this.#live = [];
    this.#inFlight.clear();
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
    const oldest = this.#kept.shift() ?? this.#live.shift();
    if (!oldest) return;
    const { at } = oldest;
    this.#gap = this.#gap
      ? { reports: this.#gap.reports + 1, from: Math.min(this.#gap.from, at), to: Math.max(this.#gap.to, at) }
      : { reports: 1, from: at, to: at };
  }
}
