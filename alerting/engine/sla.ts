import type { SlaClock } from '../../protocol/views.ts';

/** What tells open from closed time; undefined where it never closes. */
interface Hours {
  isOpen(at: number): boolean;
  holdsUntil(at: number): number;
}

/** A stretch of time, [from, to) in milliseconds since 1970, that is all inside or all outside service. */
interface Piece {
  from: number;
  to: number;
  inside: boolean;
}

/** A deadline beyond this is none: a store may be closed for good. */
const HORIZON_MS = 400 * 86_400_000;
/** Months of them; then they are looked at anew. */
const MAX_PIECES = 1024;

/**
 * Agreed service time (AST): counts only what lies inside the hours, exact over clock changes and holidays as the hours
 * themselves are. Remembers the pieces it was asked about, so that the stores that share their hours share the work.
 */
export class ServiceTime {
  readonly #hours: Hours | undefined;
  #pieces: Piece[] = [];

  constructor(hours: Hours | undefined) {
    this.#hours = hours;
  }

  /** Whether time counts at `at`. */
  runs(at: number): boolean {
    return this.#hours === undefined || this.#piece(this.#indexAt(at)).inside;
  }

  /** The answer given for `at` holds at least until then. */
  holdsUntil(at: number): number {
    return this.#hours === undefined ? Number.POSITIVE_INFINITY : this.#piece(this.#indexAt(at)).to;
  }

  /** Milliseconds of service between two instants; 0 when `to` is not after `from`. */
  elapsed(from: number, to: number): number {
    if (to <= from) return 0;
    if (this.#hours === undefined) return to - from;
    let sum = 0;
    let at = from;
    for (let index = this.#indexAt(from); at < to; index++) {
      const piece = this.#pieceAfter(index);
      const until = Math.min(piece.to, to);
      if (piece.inside) sum += until - at;
      at = until;
    }
    return sum;
  }

  /** The first instant by which `ms` of service have passed since `from`; undefined where that never comes. */
  after(from: number, ms: number): number | undefined {
    if (this.#hours === undefined || ms <= 0) return from + Math.max(0, ms);
    let left = ms;
    let at = from;
    for (let index = this.#indexAt(from); at - from < HORIZON_MS; index++) {
      const piece = this.#pieceAfter(index);
      if (piece.inside && piece.to - at >= left) return at + left;
      if (piece.inside) left -= piece.to - at;
      at = piece.to;
    }
    return undefined;
  }

  #indexAt(at: number): number {
    this.#cover(at);
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#piece(middle).to <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Looks at what is missing up to `at`, on either side; far from all that is known it begins anew. */
  #cover(at: number): void {
    const first = this.#pieces[0];
    const last = this.#pieces.at(-1);
    const isFar = !first || !last || first.from - at > HORIZON_MS || at - last.to > HORIZON_MS;
    if (isFar || this.#pieces.length > MAX_PIECES) {
      this.#pieces = [this.#look(at)];
      return;
    }
    const earlier: Piece[] = [];
    for (let from = at; from < first.from; from = (earlier.at(-1) as Piece).to) {
      const piece = this.#look(from);
      earlier.push({ ...piece, to: Math.min(piece.to, first.from) });
    }
    if (earlier.length > 0) this.#pieces = [...earlier, ...this.#pieces];
    for (let index = this.#pieces.length; this.#piece(index - 1).to <= at; index++) this.#pieceAfter(index);
  }

  /** The piece at `index`, looked at now if it is the next one. */
  #pieceAfter(index: number): Piece {
    if (index === this.#pieces.length) this.#pieces.push(this.#look(this.#piece(index - 1).to));
    return this.#piece(index);
  }

  #piece(index: number): Piece {
    return this.#pieces[index] as Piece;
  }

  #look(from: number): Piece {
    const hours = this.#hours as Hours;
    return { from, to: hours.holdsUntil(from), inside: hours.isOpen(from) };
  }
}

/** Whether nothing burns, whatever the hours say. */
const stands = ({ stoppedAt, held }: SlaClock): boolean => stoppedAt !== undefined || held === true;

/** What a clock has burnt by `at`, milliseconds of service; one that was stopped or is held burns no more. */
export const burntAt = (clock: SlaClock, time: ServiceTime, at: number): number =>
  stands(clock) ? clock.burntMs : clock.burntMs + time.elapsed(clock.at, at);

/** The clock counted up to `at`, from where it goes on. */
export function countedTo(clock: SlaClock, time: ServiceTime, at: number): SlaClock {
  return { ...clock, burntMs: burntAt(clock, time, at), at, runs: !stands(clock) && time.runs(at) };
}

/** When the target is reached; undefined without a target, or where it never is: not as long as the clock is held. */
export function deadlineOf(clock: SlaClock, time: ServiceTime): number | undefined {
  const { targetMs, burntMs, at, startedAt } = clock;
  if (targetMs === undefined) return undefined;
  if (burntMs <= targetMs) return clock.held ? undefined : time.after(at, targetMs - burntMs);
  // It lies behind: no later than where the clock has counted to.
  return Math.min(at, time.after(startedAt, targetMs) ?? at);
}

/** Milliseconds at which so many percent of the target are burnt. */
export const msAtPercent = (targetMs: number, percent: number): number => Math.ceil((targetMs * percent) / 100);
