import type { IncidentView } from '../../../protocol/views.ts';

/** Urgent incidents of one kind of cause that began together, in three stores or more. */
export interface Major {
  /** Oldest first. */
  incidents: readonly IncidentView[];
  stores: number;
  /** In the order they were touched. */
  regions: readonly string[];
  /** When the first of them began, ms since 1970. */
  since: number;
}

/** Fewer stores than this are told well enough by their rows and tiles. */
const LEAST_STORES = 3;
/** What begins later than this after the one before it is another story. */
const TOGETHER_MS = 10 * 60_000;

/** The major incidents among these, the widest first; resolved ones do not count. */
export function findMajors(incidents: Iterable<IncidentView>): Major[] {
  const urgent = [...incidents]
    .filter(({ priority, state }) => priority === 1 && state !== 'resolved')
    .sort((a, b) => a.since - b.since);
  return [...Map.groupBy(urgent, kindOf).values()]
    .flatMap(splitByTime)
    .map(describe)
    .filter(({ stores }) => stores >= LEAST_STORES)
    .sort((a, b) => b.stores - a.stores || a.since - b.since);
}

const kindOf = ({ fold, cause }: IncidentView): string => (fold.code === 'fold.alone' ? cause.reason.code : fold.code);

function splitByTime(sorted: readonly IncidentView[]): IncidentView[][] {
  const runs: IncidentView[][] = [];
  for (const incident of sorted) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && incident.since - before.since <= TOGETHER_MS) run.push(incident);
    else runs.push([incident]);
  }
  return runs;
}

const describe = (incidents: readonly IncidentView[]): Major => ({
  incidents,
  stores: new Set(incidents.map(({ store }) => store)).size,
  regions: [...new Set(incidents.map(({ region }) => region))].filter((region) => region !== ''),
  since: Math.min(...incidents.map(({ since }) => since)),
});
