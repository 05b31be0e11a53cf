import type { CheckStatus } from '../../protocol/status.ts';

/** A check, as it was told last. */
interface Told {
  told: CheckStatus;
  /** Between two runs; 0 while that is not known. */
  everyMs: number;
  /** When it is told again. */
  nextAt: number;
  /** Of one that is well: how often that is said again, at least. */
  left: number;
  until: number;
}

/** More results than a ring of flapping holds. */
const RESULTS = 25;
/** Reports are made a little before they are judged. */
const EARLY_MS = 5_000;
/** Where it is not known how often a check runs. */
const USUAL_MS = 60_000;

/** What the checks of one device said, told again as often as they said it: what is kept is only what was new. */
export class ToldChecks {
  readonly #checks = new Map<string, Told>();
  readonly #clearMs: number;

  /** `clearMs`: how long a check has to be well before any rule believes it. */
  constructor(clearMs: number) {
    this.#clearMs = clearMs;
  }

  take(told: CheckStatus, everyS: number | undefined, at: number): void {
    const known = this.#checks.get(told.check);
    let everyMs = everyS === undefined ? (known?.everyMs ?? 0) : everyS * 1000;
    // Between two that differ the device may have been away: that says nothing of its pace.
    if (known && known.everyMs > 0 && known.told.status !== told.status) everyMs = Math.min(everyMs, known.everyMs);
    this.#checks.set(told.check, this.#next(told, everyMs, everyMs > 0 ? at + everyMs : Number.POSITIVE_INFINITY, at));
  }

  /**
   * The collector forgot what they said. What failed still, or had an alert, was written down anew: `isToldAgain` says of
   * which that is so, before the time given. All else was well from then on.
   */
  restart(at: number, isToldAgain: (check: string, before: number) => boolean): void {
    for (const [check, known] of this.#checks) {
      const { told, everyMs, nextAt } = known;
      const every = everyMs || USUAL_MS;
      if (isToldAgain(check, at + 2 * every + USUAL_MS)) {
        known.nextAt = Number.POSITIVE_INFINITY;
        continue;
      }
      if (told.status === 'ok') continue;
      const next = Number.isFinite(nextAt) ? Math.max(nextAt, at) : at + every;
      this.#checks.set(check, this.#next({ check, status: 'ok' }, every, next, at));
    }
  }

  /** What a report made at `at` says of them; undefined when nothing. */
  due(at: number): CheckStatus[] | undefined {
    if (this.#checks.size === 0) return undefined;
    let due: CheckStatus[] | undefined;
    for (const [check, known] of this.#checks) {
      if (known.nextAt - Math.min(EARLY_MS, known.everyMs / 4) > at) continue;
      due ??= [];
      due.push(known.told);
      known.nextAt = Math.max(known.nextAt, at) + known.everyMs;
      if (known.told.status === 'ok' && --known.left <= 0 && at > known.until) this.#checks.delete(check);
    }
    return due;
  }

  #next(told: CheckStatus, everyMs: number, nextAt: number, at: number): Told {
    return { told, everyMs, nextAt, left: RESULTS, until: at + 2 * this.#clearMs };
  }
}
