import type { Seen, SeenMajor } from './observe.ts';
import { type CommonCause, commonCauses, falseMajors, type Match, type Score } from './score.ts';
import type { Truth } from './truth.ts';

/** What lies between a message and the wall besides judging: the wait for others of its group, and the commit. Bench measures it. */
const COMMIT_MS = 50;
const DAY_MS = 86_400_000;
/** One and a half keepalives of 10 s, and 2 s: as long as what says no word may take. */
const SILENCE_BUDGET_MS = 17_000;
const NAMED_BUDGET_MS = 60_000;

export interface Figure {
  what: string;
  value: string;
  /** Left out: said, not judged. */
  budget?: string;
  isMet?: boolean;
}

export interface KindRow {
  kind: string;
  faults: number;
  told: number;
  toldOf: number;
  right: number;
  rightAtFirst: number;
  again: number;
  /** Milliseconds; undefined where none was seen. */
  sight: { median: number | undefined; p95: number | undefined };
  incident: { median: number | undefined; p95: number | undefined };
}

export function figuresOf(
  score: Score,
  seen: Pick<Seen, 'alerts' | 'incidents' | 'ticketMessages' | 'majors'>,
  truth: Truth,
): Figure[] {
  const { matches } = score;
  const days = (truth.until - truth.from) / DAY_MS;
  const storeMonths = (truth.stores * days) / 30;
  const hard = onePerCause(matches.filter(({ fault }) => fault.isHard && fault.expected === 'told'));
  const sights = delays(hard);
  const closed = delays(hard.filter(({ fault }) => fault.seenBy === 'close'));
  const mute = delays(hard.filter(({ fault }) => fault.seenBy === 'silence'));
  const commons = commonCauses(matches, seen.majors ?? [], truth);
  const least = (what: string, value: number, budget: number, of: string): Figure => ({
    what,
    value: `${percent(value)} (${of})`,
    budget: `≥ ${budget} %`,
    isMet: value >= budget / 100,
  });
  const most = (what: string, ms: number | undefined, budgetMs: number, of: string): Figure => ({
    what,
    value: `${seconds(ms)} (${of})`,
    budget: `≤ ${budgetMs / 1000} s`,
    isMet: ms !== undefined && ms <= budgetMs,
  });
  const of = (list: readonly number[]) => `p95 ${seconds(quantile(list, 0.95))}, of ${list.length}`;
  return [
    least('recall: faults told, of those somebody must hear of', score.recall, 99, `${score.told} of ${score.toldOf}`),
    least(
      'precision: incidents that are the one of a fault',
      score.precision,
      95,
      `${score.rightIncidents}, ${score.falseIncidents} false`,
    ),
    least('right cause, when the ticket is read two minutes on', score.rightCause, 95, `of ${score.told}`),
    { what: 'right cause, at the first word', value: percent(score.rightAtFirst) },
    most('hard faults: median until it shows on the wall', quantile(sights, 0.5), 2_000, of(sights)),
    most('… whose connection is closed by its system: median', quantile(closed, 0.5), 2_000, of(closed)),
    most('… that say no word: median', quantile(mute, 0.5), SILENCE_BUDGET_MS, of(mute)),
    ...(seen.majors
      ? [named(commons.filter(({ creeps }) => !creeps)), ...creeping(commons), ...falselyNamed(truth, seen.majors)]
      : []),
    { what: 'false: for nothing, or before it was anybody’s business', value: String(score.groundless.length) },
    { what: 'false: a second incident for one fault', value: String(score.duplicates) },
    { what: 'false: for what nobody should be called for', value: String(score.notSilent) },
    { what: 'states of a store that show, and call nobody', value: `${score.shown} of ${score.shownOf}` },
    { what: 'faults left out: to tell or not to tell them is both right', value: String(score.leftOut) },
    {
      what: `single incidents of ${commons.length} common causes`,
      value: `${sum(commons.map(({ incidents }) => incidents))} in ${sum(commons.map(({ stores }) => stores))} stores`,
    },
    { what: 'alerts per day', value: (seen.alerts / days).toFixed(1) },
    { what: 'tickets per day', value: (seen.incidents.length / days).toFixed(1) },
    { what: 'messages to the desk per day', value: (seen.ticketMessages / days).toFixed(1) },
    { what: 'false calls per store and month', value: (score.falseIncidents / storeMonths).toFixed(3) },
  ];
}

/**
 * Of a version that half of the stores have, the third that fails says nothing yet. Counted from the store with which the evidence
 * first suffices; where it never does, nobody could know, and a name is not asked for.
 */
function creeping(commons: readonly CommonCause[]): Figure[] {
  const all = commons.filter(({ creeps, knownFrom }) => creeps && knownFrom !== undefined);
  const unknowable = commons.filter(({ creeps }) => creeps).length - all.length;
  if (all.length === 0) return [];
  const slowest = Math.max(...all.map(({ sinceKnownMs }) => sinceKnownMs ?? Number.POSITIVE_INFINITY));
  const inTime = all.filter(({ sinceKnownMs = Number.POSITIVE_INFINITY }) => sinceKnownMs <= NAMED_BUDGET_MS).length;
  const left = unknowable > 0 ? `, ${unknowable} with too little to tell` : '';
  return [
    {
      what: '… that strike store by store: the slowest after the store with which the evidence suffices',
      value: `${seconds(Number.isFinite(slowest) ? slowest : undefined)} (${inTime} of ${all.length} in time${left})`,
      budget: `≤ ${NAMED_BUDGET_MS / 1000} s`,
      isMet: slowest <= NAMED_BUDGET_MS,
    },
  ];
}

/** A major incident may get another name as evidence comes; one that never had a right one is false. */
function falselyNamed(truth: Truth, majors: readonly SeenMajor[]): Figure[] {
  const wrong = falseMajors(truth, majors);
  const right = new Set(majors.filter((major) => !wrong.includes(major)).map(({ key }) => key));
  const keys = new Set(wrong.filter(({ key }) => !right.has(key)).map(({ key }) => key));
  return [
    {
      what: 'false: major incidents that name no common cause',
      value: `${keys.size} (${wrong.filter(({ key }) => right.has(key)).length} more wrong names, put right later)`,
      budget: '0',
      isMet: keys.size === 0,
    },
  ];
}

/** Every one of them has to be named in time: the slowest counts. */
function named(commons: readonly CommonCause[]): Figure {
  const slowest = Math.max(...commons.map(({ namedMs }) => namedMs ?? Number.POSITIVE_INFINITY));
  const inTime = commons.filter(({ namedMs }) => namedMs !== undefined && namedMs <= NAMED_BUDGET_MS).length;
  return {
    what: 'common causes that strike together: the slowest to be named after the third store',
    value: `${seconds(Number.isFinite(slowest) ? slowest : undefined)} (${inTime} of ${commons.length} in time)`,
    budget: `≤ ${NAMED_BUDGET_MS / 1000} s`,
    isMet: slowest <= NAMED_BUDGET_MS,
  };
}

export function kindRows({ matches }: Score): KindRow[] {
  return [...Map.groupBy(matches, ({ fault }) => fault.kind)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, all]) => {
      const wanted = all.filter(({ fault }) => fault.expected === 'told');
      const hits = wanted.filter(({ incident }) => incident !== undefined);
      const sights = delays(hits);
      const incidents = hits.flatMap(({ incidentMs }) => incidentMs ?? []);
      return {
        kind,
        faults: all.length,
        told: hits.length,
        toldOf: wanted.length,
        right: hits.filter(({ isRight }) => isRight).length,
        rightAtFirst: hits.filter(({ isRightAtFirst }) => isRightAtFirst).length,
        again: all.reduce((sum, { again }) => sum + again.length, 0),
        sight: { median: quantile(sights, 0.5), p95: quantile(sights, 0.95) },
        incident: { median: quantile(incidents, 0.5), p95: quantile(incidents, 0.95) },
      };
    });
}

/** An outage of a carrier is one fault, however many stores it cuts off: the one of them in the middle stands for it. */
function onePerCause(matches: readonly Match[]): Match[] {
  const single = matches.filter(({ fault }) => fault.group === undefined);
  const groups = Map.groupBy(
    matches.filter(({ fault }) => fault.group !== undefined),
    ({ fault }) => fault.group,
  );
  const middles = [...groups.values()].flatMap((members) => {
    const sorted = members.toSorted((a, b) => (a.sightMs ?? Infinity) - (b.sightMs ?? Infinity));
    return sorted[sorted.length >> 1] ?? [];
  });
  return [...single, ...middles];
}

const delays = (matches: readonly Match[]): number[] =>
  matches.flatMap(({ sightMs }) => (sightMs === undefined ? [] : [sightMs + COMMIT_MS]));

export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

export function seconds(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 600_000) return `${(ms / 1000).toFixed(0)} s`;
  return ms < 36_000_000 ? `${(ms / 60_000).toFixed(0)} min` : `${(ms / 3_600_000).toFixed(0)} h`;
}
