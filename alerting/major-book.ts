import type { Comment } from '../protocol/comments.ts';
import type { MaintenanceWindow } from '../protocol/maintenance.ts';
import type { MajorView } from '../protocol/majors.ts';
import { chainOf, type StoreKey } from '../protocol/names.ts';
import type { IncidentView } from '../protocol/views.ts';
import { isOver } from '../protocol/weights.ts';
import { belongsTo } from './engine/correlate/belongs-to.ts';
import type { Correlation } from './engine/correlate/correlation.ts';
import { Correlator, type MajorChange } from './engine/correlate/correlator.ts';
import { failureOf } from './engine/correlate/failure.ts';
import type { Described } from './engine/correlate/population.ts';

export interface MajorBookOptions {
  settings: Correlation;
  /** Whether this is the one judge of the installation that finds them; the others are told. */
  correlates: boolean;
  /** Those that were kept, open all of them. */
  majors: readonly MajorView[];
}

/** A major incident beneath which others stand. */
type Parent = NonNullable<IncidentView['parent']>;

const RECENT_MS = 3_600_000;

/** The major incidents a judge knows, and which incidents are beneath them. */
export class MajorBook {
  readonly #correlates: boolean;
  #windowS: number;
  readonly #correlator: Correlator;
  readonly #majors = new Map<string, MajorView>();
  readonly #parents = new Map<string, Parent>();
  readonly #described = new Map<StoreKey, Described>();
  /** Incidents that came beneath one, or away from it, since they were last asked for. */
  readonly #moved = new Set<string>();
  /** Of incidents that are judged elsewhere. */
  #elsewhere: IncidentView[] = [];
  /** Nobody has told yet which there are: what was kept still holds. */
  #isTold: boolean;

  constructor({ settings, correlates, majors }: MajorBookOptions) {
    this.#correlates = correlates;
    this.#isTold = correlates;
    this.#windowS = settings.windowS;
    this.#correlator = new Correlator(settings);
    for (const major of majors) this.#put(major);
    this.#moved.clear();
  }

  judgeBy(settings: Correlation): void {
    this.#windowS = settings.windowS;
    this.#correlator.judgeBy(settings);
  }

  define(store: StoreKey, described: Described | undefined): void {
    if (described) this.#described.set(store, described);
    else this.#described.delete(store);
    if (this.#correlates) this.#correlator.define(store, described);
  }

  observe(store: StoreKey): void {
    this.#correlator.observe(store);
  }

  plan(windows: readonly MaintenanceWindow[]): void {
    this.#correlator.plan(windows);
  }

  clockStepped(byMs: number): void {
    this.#correlator.clockStepped(byMs);
  }

  /** What was kept, once the stores are known. */
  load(incidents: Iterable<IncidentView>): void {
    if (this.#correlates) this.#correlator.load(this.#majors.values(), incidents);
  }

  /** Incidents that another judge told of; they are correlated at the next turn. */
  hear(incidents: readonly IncidentView[]): void {
    if (this.#correlates) this.#elsewhere.push(...incidents);
  }

  /** Major incidents that another judge found. */
  follow(majors: readonly MajorView[]): void {
    if (this.#correlates) return;
    for (const major of majors) this.#put(major);
    this.#isTold = true;
  }

  /** What became of the one above it may be news for this incident. */
  recheck(incident: string): void {
    this.#moved.add(incident);
  }

  /** Somebody takes one. Undefined when it is not new. */
  acknowledge(key: string, by: string, now: number, desk?: string): MajorChange | undefined {
    return this.#correlator.acknowledge(key, by, now, desk);
  }

  /** Somebody says something of one. Undefined when it is not open. */
  comment(key: string, comment: Comment): MajorChange | undefined {
    return this.#correlator.comment(key, comment);
  }

  /** Correlates incidents as they are now, with those heard of since the last time. `put` what is made of each. */
  take(incidents: readonly IncidentView[], isPlanned: (store: StoreKey) => boolean, now: number): MajorChange[] {
    if (!this.#correlates) return [];
    const elsewhere = this.#elsewhere;
    this.#elsewhere = [];
    return this.#correlator.take([...elsewhere, ...incidents], isPlanned, now);
  }

  /** A major incident as it is shown from now on. */
  put(major: MajorView): void {
    this.#put(major);
  }

  /** Incidents that came beneath a major one, or away from it, since the last call. */
  takeMoved(): string[] {
    const moved = [...this.#moved];
    this.#moved.clear();
    return moved;
  }

  /** Beneath which major incident this one stands. */
  parentOf(view: IncidentView): Parent | undefined {
    const parent = this.#parents.get(view.key);
    if (parent || isOver(view.state)) return parent ?? view.parent;
    if (!this.#isTold) return view.parent;
    if (this.#correlates) return undefined;
    // Whoever correlates will come to the same, a moment later.
    const failure = failureOf(view, this.#described.get(view.store));
    for (const major of this.#majors.values()) {
      const isLater = view.openedAt >= major.openedAt || view.parent?.key === major.key;
      if (isLater && major.chain === chainOf(view.store) && belongsTo(major, failure, this.#windowS))
        return nameOf(major);
    }
    return undefined;
  }

  get(key: string): MajorView | undefined {
    return this.#majors.get(key);
  }

  /** Open ones, and those resolved in the last hour. */
  recent(now: number): MajorView[] {
    this.#forgetBefore(now - RECENT_MS);
    return [...this.#majors.values()];
  }

  /** When there is something to `take` though no incident has changed here; undefined when there is not. */
  nextDue(): number | undefined {
    return this.#elsewhere.length > 0 || this.#moved.size > 0 ? 0 : this.#correlator.nextDue();
  }

  #put(major: MajorView): void {
    const before = this.#majors.get(major.key);
    const named = nameOf(major);
    const isOver = major.state === 'resolved';
    const now = new Set(major.children.map(({ incident }) => incident));
    for (const { incident } of before?.children ?? []) {
      if (now.has(incident) && !isOver) continue;
      if (this.#parents.get(incident)?.key === major.key) this.#parents.delete(incident);
      this.#moved.add(incident);
    }
    for (const incident of isOver ? [] : now) {
      if (this.#parents.get(incident)?.key === major.key) continue;
      this.#parents.set(incident, named);
      this.#moved.add(incident);
    }
    this.#majors.set(major.key, major);
    if (major.resolvedAt !== undefined) this.#forgetBefore(major.resolvedAt - RECENT_MS);
  }

  #forgetBefore(at: number): void {
    for (const [key, { resolvedAt }] of this.#majors) {
      if (resolvedAt !== undefined && resolvedAt < at) this.#majors.delete(key);
    }
  }
}

const nameOf = ({ key, number }: MajorView): Parent => ({ key, number });
