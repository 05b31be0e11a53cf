import { type Comment, withComment } from '../../../protocol/comments.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { MajorIncident } from '../../../protocol/majors.ts';
import { chainOf, type StoreKey } from '../../../protocol/names.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';
import { type Circumstances, type Found, findAgain, findCommon, standsOut, windowOf } from './ask.ts';
import { takesIn } from './belongs-to.ts';
import { belonging, type ChainState, parentOf, storesIn } from './chain-state.ts';
import type { Split } from './choose.ts';
import type { Correlation } from './correlation.ts';
import { type Failure, failureOf, isPlanned } from './failure.ts';
import { childOf, type OpenMajor, overOf, quietOf, tally } from './open-major.ts';
import { CHANGE, type Described, Population } from './population.ts';
import { isStormy, stormIn } from './storm.ts';
import { readTrait, type Trait, traitOf } from './traits.ts';

/** A major incident that opened, changed or ended, and what befell it. */
export interface MajorChange {
  major: MajorIncident;
  entries: TimelineEntry[];
  /** Undefined: nothing that a desk is told. */
  desk: 'open' | 'update' | 'comment' | 'resolve' | undefined;
  /** The desk it comes from. */
  origin?: string;
}

/** What a turn does to a major incident. */
type Changed = Map<OpenMajor, { entries: TimelineEntry[]; desk: MajorChange['desk'] }>;

const MS = 1000;
/** In one turn, while some are not read yet. */
const STORES_READ = 8;
/** Another name must be so much less likely to be chance than the one that stands. */
const RENAME_LN = Math.log(10);

/**
 * Finds what stores that fail together have in common. Knows every open incident of the installation and, of those that
 * are beneath a major one, which; all of it can be read again from those, so that a restart changes nothing.
 */
export class Correlator {
  #settings: Correlation;
  readonly #chains = new Map<string, ChainState>();
  #changes: ReadonlyMap<string, MaintenanceWindow> = new Map();
  #lastOrder = 0;

  constructor(settings: Correlation) {
    this.#settings = settings;
  }

  /** Finds by these settings from now on; what it has found stays found. */
  judgeBy(settings: Correlation): void {
    this.#settings = settings;
  }

  /** A store as it is from now on; undefined takes it away. */
  define(store: StoreKey, described: Described | undefined): void {
    this.#chain(chainOf(store)).population.define(store, described);
  }

  /** Devices of the store tell something else of themselves. */
  observe(store: StoreKey): void {
    const chain = this.#chains.get(chainOf(store));
    chain?.population.forget(store);
    chain?.retold.add(store);
  }

  /** Every maintenance window and change there is from now on. */
  plan(windows: readonly MaintenanceWindow[]): void {
    this.#changes = new Map(windows.flatMap((window) => (window.kind === 'change' ? [[window.id, window]] : [])));
  }

  /** What was kept: major incidents and single ones, open all of them. After the stores. */
  load(majors: Iterable<MajorIncident>, incidents: Iterable<IncidentView>): void {
    for (const view of incidents) {
      const chain = this.#chain(chainOf(view.store));
      chain.failures.set(view.key, failureOf(view, chain.population.described(view.store)));
    }
    for (const major of majors) {
      const chain = this.#chain(major.chain);
      const { cause, children } = major;
      const open: OpenMajor = {
        major,
        children: new Map(),
        trait: cause.kind === 'common' ? traitOf(cause.attribute, cause.value) : undefined,
      };
      for (const child of children) {
        const failure = child.over ? undefined : chain.failures.get(child.incident);
        // Of one that is judged elsewhere we shall hear.
        open.children.set(child.incident, { child, failure });
      }
      chain.majors.set(major.key, open);
    }
  }

  /** The clock was set by so much. */
  clockStepped(byMs: number): void {
    for (const { failures, majors, population } of this.#chains.values()) {
      population.clockStepped(byMs);
      for (const failure of failures.values()) failure.openedAt += byMs;
      for (const open of majors.values()) {
        const { quietSince } = open.major;
        if (quietSince !== undefined) open.major = { ...open.major, quietSince: quietSince + byMs };
      }
    }
  }

  /**
   * Takes incidents as they are now, each with its number, in the order they changed. `isPlanned`: stores that are in
   * maintenance. Returns the major incidents that changed by it, or by the time that has passed.
   */
  take(views: readonly IncidentView[], isPlanned: (store: StoreKey) => boolean, now: number): MajorChange[] {
    const byChain = Map.groupBy(views, ({ store }) => chainOf(store));
    for (const name of byChain.keys()) this.#chain(name);
    return [...this.#chains.values()].flatMap((chain) => {
      chain.population.readSome(STORES_READ);
      const mine = byChain.get(chain.name) ?? [];
      const isTold = mine.length > 0 || chain.retold.size > 0;
      if (!isTold && this.#dueIn(chain) > now) return [];
      return this.#takeIn(chain, mine, isPlanned, now);
    });
  }

  /** When `take` has to be called though no incident has changed; undefined when it has not. */
  nextDue(): number | undefined {
    const due = Math.min(...Array.from(this.#chains.values(), (chain) => this.#dueIn(chain)));
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  }

  /** Somebody takes it. Undefined when it is not new. */
  acknowledge(key: string, by: string, now: number, desk?: string): MajorChange | undefined {
    for (const { majors } of this.#chains.values()) {
      const open = majors.get(key);
      if (open?.major.state !== 'new') continue;
      open.major = { ...open.major, state: 'acknowledged', acknowledgedAt: now, acknowledgedBy: by };
      const entry = { at: now, reason: { code: 'incident.acknowledged', params: { by } } } as const;
      return { major: open.major, entries: [entry], desk: 'update', ...(desk !== undefined && { origin: desk }) };
    }
    return undefined;
  }

  /** Somebody says something of it. Undefined when it is not open. */
  comment(key: string, { at, by, text, desk, id }: Comment): MajorChange | undefined {
    for (const { majors } of this.#chains.values()) {
      const open = majors.get(key);
      if (!open) continue;
      const comment = { at, by, text, ...(desk !== undefined && { desk }), ...(id !== undefined && { id }) };
      open.major = { ...open.major, comments: withComment(open.major.comments, comment) };
      const entry = { at, reason: { code: 'incident.commented', params: { by, text } } } as const;
      return { major: open.major, entries: [entry], desk: 'comment', ...(desk !== undefined && { origin: desk }) };
    }
    return undefined;
  }

  #takeIn(
    chain: ChainState,
    views: readonly IncidentView[],
    isPlanned: (store: StoreKey) => boolean,
    now: number,
  ): MajorChange[] {
    const changed: Changed = new Map();
    const retold = this.#takeRetold(chain);
    const news = [...retold, ...views.flatMap((view) => this.#take(chain, view, changed) ?? [])];
    if (news.length > 0) {
      const fresh = new Set(news.map(({ symptom }) => symptom));
      const around = { settings: this.#settings, changes: this.#changes, isPlannedStore: isPlanned, now };
      for (const open of chain.majors.values()) this.#grow(chain, open, news, changed, now);
      for (const open of chain.majors.values()) this.#reconsider(chain, open, around, fresh, changed);
      for (const symptom of fresh) this.#detect(chain, symptom, findCommon(chain, symptom, around), changed, now);
      this.#guard(chain, changed, now);
    }
    for (const open of [...chain.majors.values()]) this.#settle(chain, open, changed, now);
    return Array.from(changed, ([{ major }, { entries, desk }]) => ({ major, entries, desk }));
  }

  /** Reads again what fails in stores of which something else is told. Returns failures that have more to share by it. */
  #takeRetold(chain: ChainState): Failure[] {
    if (chain.retold.size === 0) return [];
    const news: Failure[] = [];
    for (const [key, before] of chain.failures) {
      if (!chain.retold.has(before.store)) continue;
      const { openedAt } = before;
      const failure = failureOf(before.view, chain.population.described(before.store), openedAt);
      chain.failures.set(key, failure);
      const open = parentOf(chain, key);
      const held = open?.children.get(key);
      if (open && held) open.children.set(key, { ...held, failure });
      const hasMore = [...failure.traits].some((trait) => !before.traits.has(trait));
      if (hasMore && !isPlanned(failure)) news.push(failure);
    }
    chain.retold.clear();
    return news;
  }

  /** Takes one incident in. Returns it where it is a new failure, or one of another kind than it was. */
  #take(chain: ChainState, view: IncidentView, changed: Changed): Failure | undefined {
    const { failures, population } = chain;
    const before = failures.get(view.key);
    const parent = parentOf(chain, view.key);
    if (isOver(view.state)) {
      failures.delete(view.key);
      const held = parent?.children.get(view.key);
      if (parent && held) {
        parent.children.set(view.key, { child: overOf(held.child, view.loss), failure: undefined });
        note(changed, parent);
      }
      return undefined;
    }
    const failure = failureOf(view, population.described(view.store), before?.openedAt);
    failures.set(view.key, failure);
    const held = parent?.children.get(view.key);
    if (parent && held) {
      parent.children.set(view.key, { child: held.child, failure });
      if (weightOf(view) !== weightOf(before?.view)) note(changed, parent);
    }
    const isNews = !before || before.symptom !== failure.symptom || isPlanned(before) !== isPlanned(failure);
    return isNews && !isPlanned(failure) ? failure : undefined;
  }

  /** What has just come joins what it belongs to. */
  #grow(chain: ChainState, open: OpenMajor, news: readonly Failure[], changed: Changed, now: number): void {
    if (!takesIn(open.major, this.#settings.windowS, now)) return;
    const takesAny = open.trait === undefined && isStormy(chain, this.#settings, now);
    const joining = news.filter((failure) => {
      if (parentOf(chain, failure.view.key)) return false;
      return open.trait === undefined
        ? takesAny
        : failure.symptom === open.major.symptom && failure.traits.has(open.trait);
    });
    if (joining.length === 0) return;
    const stores = storesIn(open);
    const added = new Set(joining.map(({ store }) => store).filter((store) => !stores.has(store))).size;
    adopt(open, joining);
    const reason: Reason = { code: 'major.grew', params: { added, stores: stores.size + added } };
    note(changed, open, added > 0 ? { at: now, reason } : undefined);
  }

  /** New evidence may show another name for it, or a first one for a storm. */
  #reconsider(
    chain: ChainState,
    open: OpenMajor,
    around: Circumstances,
    fresh: ReadonlySet<string>,
    changed: Changed,
  ): void {
    const symptoms =
      open.trait === undefined ? [...fresh] : fresh.has(open.major.symptom ?? '') ? [open.major.symptom ?? ''] : [];
    const found = symptoms.flatMap((symptom) =>
      findAgain(chain, symptom, open, around).map((split) => ({ split, symptom })),
    );
    const best = found.sort((a, b) => a.split.lnP - b.split.lnP)[0];
    const current = found.find(({ split }) => split.trait === open.trait)?.split;
    if (!best || !standsOut(best.split, this.#settings.significance)) return;
    const isBetter = best.split.trait !== open.trait && best.split.lnP < (current?.lnP ?? 0) - RENAME_LN;
    if (isBetter || open.trait === undefined) this.#rename(chain, open, best.symptom, best.split, changed, around);
    else if (current && current.inside.failed > (open.major.evidence?.inside.failed ?? 0)) {
      open.major = { ...open.major, ...this.#told(best.symptom, current) };
      note(changed, open);
    }
  }

  #rename(
    chain: ChainState,
    open: OpenMajor,
    symptom: string,
    split: Split,
    changed: Changed,
    around: Circumstances,
  ): void {
    const { now } = around;
    const withinS = windowOf(open, around);
    open.trait = split.trait;
    open.major = { ...open.major, symptom, ...this.#told(symptom, split) };
    for (const [key, { failure }] of open.children) {
      const belongs = !failure || (failure.symptom === symptom && failure.traits.has(split.trait));
      if (!belongs) open.children.delete(key);
    }
    adopt(open, belonging(chain, symptom, split.trait, withinS, now));
    note(changed, open, { at: now, reason: { ...open.major.title, code: 'major.renamed' } });
    note(changed, open, { at: now, reason: open.major.fold });
  }

  #detect(chain: ChainState, symptom: string, found: Found | undefined, changed: Changed, now: number): void {
    if (!found) return;
    const { split, windowS } = found;
    const children = belonging(chain, symptom, split.trait, windowS, now);
    this.#open(chain, { symptom, ...this.#told(symptom, split) }, split.trait, children, changed, now);
  }

  #guard(chain: ChainState, changed: Changed, now: number): void {
    const storm = stormIn(chain, this.#settings, now);
    if (storm) this.#open(chain, storm.told, undefined, storm.failures, changed, now);
  }

  #open(
    chain: ChainState,
    told: Pick<MajorIncident, 'cause' | 'title' | 'fold'> & Partial<MajorIncident>,
    trait: Trait | undefined,
    children: readonly Failure[],
    changed: Changed,
    now: number,
  ): void {
    this.#lastOrder = Math.max(now, this.#lastOrder + 1);
    const since = Math.min(...children.map(({ view }) => view.since));
    const major: MajorIncident = {
      key: `${chain.name}#major#${this.#lastOrder}`,
      chain: chain.name,
      ...told,
      state: 'new',
      severity: 'warning',
      priority: 5,
      since,
      openedAt: now,
      stores: 0,
      storesOpen: 0,
      lanesDown: 0,
      lanesTotal: 0,
      children: [],
    };
    const open: OpenMajor = { major, children: new Map(), trait };
    adopt(open, children);
    chain.majors.set(major.key, open);
    note(changed, open, { at: now, reason: major.title }, 'open');
    note(changed, open, { at: now, reason: major.fold }, 'open');
  }

  /** Counts its stores, and resolves it when they are back. */
  #settle(chain: ChainState, open: OpenMajor, changed: Changed, now: number): void {
    const { quietS, strayS } = this.#settings;
    if (changed.has(open)) {
      const before = open.major.priority;
      const isNew = changed.get(open)?.desk === 'open';
      const wasQuiet = open.major.storesOpen === 0 ? 'all' : open.major.quietSince === undefined ? undefined : 'most';
      open.major = { ...open.major, ...tally(open, this.#settings, now) };
      const quiet = quietOf(open);
      const { quietSince: _, ...awake } = open.major;
      if (quiet === undefined) open.major = awake;
      else if (quiet !== wasQuiet || open.major.quietSince === undefined) open.major = { ...awake, quietSince: now };
      const to = open.major.priority;
      if (to !== before && !isNew) {
        note(changed, open, { at: now, reason: { code: 'incident.priority-changed', params: { from: before, to } } });
      }
    }
    const { quietSince, storesOpen } = open.major;
    const lastS = storesOpen === 0 ? quietS : strayS;
    if (quietSince === undefined || now < quietSince + lastS * MS) return;
    open.major = { ...tallied(open, this.#settings, now), state: 'resolved', resolvedAt: now };
    chain.majors.delete(open.major.key);
    const reason: Reason =
      storesOpen === 0
        ? { code: 'major.resolved', params: { quietS } }
        : { code: 'major.strays', params: { stores: storesOpen } };
    note(changed, open, { at: now, reason }, 'resolve');
  }

  #dueIn({ majors }: ChainState): number {
    const { quietS, strayS } = this.#settings;
    let due = Number.POSITIVE_INFINITY;
    for (const { major } of majors.values()) {
      if (major.quietSince === undefined) continue;
      due = Math.min(due, major.quietSince + (major.storesOpen === 0 ? quietS : strayS) * MS);
    }
    return due;
  }

  /** What a split makes of a major incident. */
  #told(
    symptom: string,
    { trait, inside, outside, tried, p }: Split,
  ): Pick<MajorIncident, 'cause' | 'title' | 'fold' | 'evidence'> {
    const { attribute, value } = readTrait(trait);
    const params = { attribute, value: this.#written(attribute, value), symptom };
    return {
      cause: { kind: 'common', attribute, value },
      title: { code: 'major.common', params },
      fold: {
        code: 'major.evidence',
        params: {
          ...params,
          failed: inside.failed,
          of: inside.of,
          others: outside.failed,
          ofOthers: outside.of,
          p,
          tried,
        },
      },
      evidence: { inside, outside, tried, p },
    };
  }

  /** A change is known to people by its number or its title. */
  #written(attribute: string, value: string): string {
    const change = attribute === CHANGE ? this.#changes.get(value) : undefined;
    return change ? (change.number ?? change.title) : value;
  }

  #chain(name: string): ChainState {
    let chain = this.#chains.get(name);
    if (!chain) {
      chain = { name, population: new Population(), failures: new Map(), majors: new Map(), retold: new Set() };
      this.#chains.set(name, chain);
    }
    return chain;
  }
}

function adopt(open: OpenMajor, failures: readonly Failure[]): void {
  for (const failure of failures) open.children.set(failure.view.key, { child: childOf(failure), failure });
}

function note(changed: Changed, open: OpenMajor, entry?: TimelineEntry, desk: MajorChange['desk'] = 'update'): void {
  const change = changed.get(open) ?? { entries: [], desk };
  if (entry) change.entries.push(entry);
  // A ticket that opens in this turn tells all of it.
  if (desk === 'resolve' || change.desk !== 'open') change.desk = desk;
  changed.set(open, change);
}

const tallied = (open: OpenMajor, settings: Correlation, now: number): MajorIncident => ({
  ...open.major,
  ...tally(open, settings, now),
});

/** What of an incident counts in the sums of its major one; what it has cost so far is counted along by itself. */
const weightOf = (view: IncidentView | undefined): string =>
  JSON.stringify([
    view?.priority,
    view?.severity,
    view?.lanesDown,
    view?.lanesTotal,
    view?.loss?.lanes,
    view?.loss?.blind,
  ]);
