import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { StoreTile } from '../../protocol/views.ts';
import type { EvidenceSpan, HistoryWrites, Lane, Standing } from '../ports.ts';

/** How often it is written that somebody watches. */
const WATCH_EVERY_MS = 10_000;
/** Away for longer, and the time between was watched by nobody. */
const UNWATCHED_AFTER_MS = 90_000;
/** A span nothing was added to for so long, by our clock, is left as it is. */
const SPAN_REST_MS = 600_000;

interface OpenSpan extends EvidenceSpan {
  touchedAt: number;
}

/**
 * Writes history down: how each store stands from when on, and what late reports prove of the time it was blind. The time
 * in which no collector watched is blind as well, until evidence comes.
 */
export class Historian {
  readonly #stood = new Map<StoreKey, string>();
  readonly #spans = new Map<DeviceKey, OpenSpan>();
  readonly #grown = new Set<DeviceKey>();
  #ended: EvidenceSpan[] = [];
  #standings: Standing[] = [];
  #watchedUntil: number;
  /** Since when nobody watched; undefined when there was no such time. */
  readonly #unwatchedSince: number | undefined;

  /** @param watchedUntil what the store kept of the run before; undefined for a new one. */
  constructor(watchedUntil: number | undefined, now: number) {
    this.#watchedUntil = watchedUntil ?? Number.NEGATIVE_INFINITY;
    const wasAway = watchedUntil !== undefined && now - watchedUntil > UNWATCHED_AFTER_MS;
    this.#unwatchedSince = wasAway ? watchedUntil : undefined;
  }

  /** A store as it stood when we began: nobody knows what was in the time before, if there was one. */
  begin(tile: StoreTile, lanes: readonly Lane[], now: number): void {
    const at = this.#unwatchedSince;
    if (at !== undefined && tile.since <= at) {
      const blind = lanes.map(([, ...devices]): Lane => ['b', ...devices]);
      this.#standings.push({ store: tile.key, at, state: 'blind', reason: { code: 'store.unwatched' }, lanes: blind });
    }
    this.note(tile, lanes, now);
  }

  /** A store as it stands now. */
  note({ key, state, reason }: Omit<StoreTile, 'incident'>, lanes: readonly Lane[], now: number): void {
    const stands = `${state} ${lanes.map(([pip]) => pip).join('')}`;
    if (this.#stood.get(key) === stands) return;
    this.#stood.set(key, stands);
    this.#standings.push({ store: key, at: now, state, reason, lanes: [...lanes] });
  }

  /** The inventory has changed: its lanes may be borne by other devices. */
  forget(store: StoreKey): void {
    this.#stood.delete(store);
  }

  /** A late report, made at `at`: its device ran since the one before it would have been due. */
  prove(device: DeviceKey, at: number, intervalS: number, now: number): void {
    const from = at - intervalS * 1000;
    const span = this.#spans.get(device);
    const isNext = span && at >= span.from && from <= span.to + (intervalS * 1000) / 2;
    if (isNext) {
      if (at > span.to) span.to = at;
      span.touchedAt = now;
    } else {
      // What it grew by in this very group is not written yet.
      if (span && this.#grown.has(device)) this.#ended.push(span);
      this.#spans.set(device, { device, from, to: at, touchedAt: now });
    }
    this.#grown.add(device);
  }

  /** What is to be written with this commit. */
  take(now: number): HistoryWrites | undefined {
    const isWatchDue = now - this.#watchedUntil >= WATCH_EVERY_MS || now < this.#watchedUntil;
    if (!isWatchDue && this.#standings.length === 0 && this.#grown.size === 0) return undefined;
    const grown = Array.from(this.#grown, (device) => this.#spans.get(device)).filter((span) => span !== undefined);
    const evidence = [...this.#ended, ...grown].map(({ device, from, to }) => ({ device, from, to }));
    const writes: HistoryWrites = {
      standings: this.#standings,
      evidence,
      ...(isWatchDue && { watchedUntil: now }),
    };
    this.#standings = [];
    this.#ended = [];
    this.#grown.clear();
    if (isWatchDue) {
      this.#watchedUntil = now;
      for (const [device, { touchedAt }] of this.#spans) {
        if (now - touchedAt > SPAN_REST_MS || now < touchedAt) this.#spans.delete(device);
      }
    }
    return writes;
  }
}
