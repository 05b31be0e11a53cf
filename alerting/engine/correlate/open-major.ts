import { lossAt } from '../../../protocol/counting.ts';
import type { MajorChild, MajorIncident } from '../../../protocol/majors.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { IncidentView, Loss, Priority, Severity } from '../../../protocol/views.ts';
import type { Correlation } from './correlation.ts';
import type { Failure } from './failure.ts';
import type { Trait } from './traits.ts';

/** A major incident that is not resolved. */
export interface OpenMajor {
  /** Replaced when it changes, never altered: what was handed out stays as it was. */
  major: MajorIncident;
  /** By the incident's key; without a failure once that is over. */
  readonly children: Map<string, { child: MajorChild; failure: Failure | undefined }>;
  /** What its stores have in common; undefined in a storm. */
  trait: Trait | undefined;
}

/** Of all its stores, this many may stay away when the others are back: theirs is another fault then. */
const STRAY_SHARE = 0.2;

export const childOf = ({ view, store }: Failure): MajorChild => ({
  incident: view.key,
  number: view.number,
  store,
  storeTitle: view.storeTitle,
  over: false,
});

/** The child as it stays in the record. */
export const overOf = (child: MajorChild, loss: Loss | undefined): MajorChild => ({
  ...child,
  over: true,
  ...(loss && { loss }),
});

/** What there is to tell of its stores, of what they are now. `now`: up to when losses are summed. */
export function tally(open: OpenMajor, settings: Correlation, now: number): Partial<MajorIncident> {
  const children = Array.from(open.children.values(), ({ child }) => child);
  const views = [...open.children.values()].flatMap(({ failure }) => (failure ? [failure.view] : []));
  const stores = new Set(children.map(({ store }) => store)).size;
  const storesOpen = new Set(children.flatMap(({ over, store }) => (over ? [] : [store]))).size;
  const loss = sumOf(
    [
      ...children.flatMap((child) => (child.loss ? [child.loss] : [])),
      ...views.flatMap((view) => (view.loss ? [lossAt(view.loss, now)] : [])),
    ],
    now,
  );
  return {
    children,
    stores,
    storesOpen,
    severity: severityOf(open.major.severity, views),
    priority: priorityOf(open.major.priority, views, stores >= settings.p1Stores),
    since: Math.min(open.major.since, ...views.map(({ since }) => since)),
    lanesDown: views.reduce((sum, { lanesDown }) => sum + lanesDown, 0),
    lanesTotal: lanesOf(views),
    ...(loss && { loss }),
  };
}

/** How far it is from its end: all its stores are back, or all but a few. */
export function quietOf({ children }: OpenMajor): 'all' | 'most' | undefined {
  const all = new Set<StoreKey>();
  const away = new Set<StoreKey>();
  for (const { child } of children.values()) {
    all.add(child.store);
    if (!child.over) away.add(child.store);
  }
  if (away.size === 0) return 'all';
  return away.size <= STRAY_SHARE * all.size ? 'most' : undefined;
}

/** It never weighs less than it did: who was called is not told in the middle of it that it matters less. */
const priorityOf = (before: Priority, views: readonly IncidentView[], isWide: boolean): Priority =>
  isWide ? 1 : (Math.min(before, ...views.map(({ priority }) => priority)) as Priority);

const severityOf = (before: Severity, views: readonly IncidentView[]): Severity =>
  before === 'critical' || views.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning';

/** Of each store once, however many incidents it has. */
function lanesOf(views: readonly IncidentView[]): number {
  const lanes = new Map(views.map(({ store, lanesTotal }) => [store, lanesTotal]));
  return [...lanes.values()].reduce((sum, count) => sum + count, 0);
}

/** Money is summed in the first currency that comes; stores of one chain have one. */
function sumOf(losses: readonly Loss[], now: number): Loss | undefined {
  if (losses.length === 0) return undefined;
  const sum = (of: (loss: Loss) => number) => losses.reduce((total, loss) => total + of(loss), 0);
  const currency = losses.find(({ money }) => money)?.money?.currency;
  const worth = losses.flatMap(({ money }) => (money && money.currency === currency ? [money] : []));
  const lanes = sum((loss) => loss.lanes);
  return {
    at: now,
    laneMs: sum(({ laneMs }) => laneMs),
    lanes,
    blindMs: sum(({ blindMs }) => blindMs),
    blind: sum(({ blind }) => blind),
    ...(currency !== undefined && {
      money: {
        currency,
        lost: worth.reduce((total, { lost }) => total + lost, 0),
        blind: worth.reduce((total, { blind }) => total + blind, 0),
        perLaneMinute: rateOf(losses),
      },
    }),
  };
}

/** What a lost lane sells in a minute, on the average of those that are lost now. */
function rateOf(losses: readonly Loss[]): number {
  let lanes = 0;
  let perMinute = 0;
  for (const { lanes: lost, blind, money } of losses) {
    lanes += lost + blind;
    perMinute += (lost + blind) * (money?.perLaneMinute ?? 0);
  }
  return lanes === 0 ? 0 : perMinute / lanes;
}
