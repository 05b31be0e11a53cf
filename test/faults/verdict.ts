import type { TestDesk } from '../fakes/desk.ts';
import type { NumberedSender } from '../support/load.ts';
import { type Committed, reportName } from './committed.ts';
import type { Episode, IncidentWatch } from './episodes.ts';
import { giveTime } from './until.ts';

/** A report by its sender's place in the list and its number. */
export interface ReportName {
  sender: number;
  seq: number;
}

export interface ReportVerdict {
  sent: number;
  acknowledged: number;
  committed: number;
  /** Samples in the metrics store. */
  inMetrics: number;
  /** Acknowledged or sent to the end, and not committed. */
  lost: ReportName[];
  twice: ReportName[];
  /** In words: what the metrics store has too many or too few of. */
  metricsFaults: string[];
  /** In words: numbers missing from the middle of a real agent's run. */
  agentGaps: string[];
  agentReports: number;
}

export interface AlertVerdict {
  expected: number;
  opened: number;
  resolved: number;
  episodes: readonly Episode[];
  lost: Episode[];
  /** Incidents or tickets no fault explains, and second ones for the same fault. */
  doubled: Trouble[];
  /** What changed that must not. */
  moved: Trouble[];
}

/** In words, and when it was seen (milliseconds since 1970). */
export interface Trouble {
  what: string;
  at: number;
}

export interface Verdict {
  reports: ReportVerdict;
  alerts: AlertVerdict;
}

/** What the counting needs of a sender: a test's double can lie. */
export type CountedSender = Pick<NumberedSender, 'store' | 'device' | 'boot' | 'sent' | 'acknowledged'>;

/** Samples of a sender in the metrics store, and their sum. */
export type MetricsCount = (sender: CountedSender) => Promise<{ count: number; sum: number }>;

const METRICS_WITHIN_MS = 60_000;

/** Holds what was sent against what was committed and what the metrics store has. */
export async function judgeReports({
  senders,
  committed,
  countMetrics,
  patienceMs = METRICS_WITHIN_MS,
}: {
  senders: readonly CountedSender[];
  committed: Committed;
  countMetrics: MetricsCount;
  /** For a metrics store that is still taking things in. */
  patienceMs?: number;
}): Promise<ReportVerdict> {
  const lost: ReportName[] = [];
  const twice: ReportName[] = [];
  let found = 0;
  senders.forEach(({ boot, sent, acknowledged }, sender) => {
    // A number that was acknowledged is a promise, even one its sender does not know of any more.
    for (const seq of new Set([...acknowledged, ...Array.from({ length: sent }, (_, i) => i + 1)])) {
      const times = committed.get(reportName(boot, seq)) ?? 0;
      found += times;
      if (times === 0) lost.push({ sender, seq });
      if (times > 1) twice.push({ sender, seq });
    }
  });
  const strangers = countOfBoots(committed, senders) - found;
  const inMetrics = await countAll(senders, countMetrics, patienceMs);
  return {
    sent: sum(senders.map(({ sent }) => sent)),
    acknowledged: sum(senders.map(({ acknowledged }) => acknowledged.size)),
    committed: found,
    inMetrics: inMetrics.total,
    lost,
    twice,
    metricsFaults: [
      ...inMetrics.faults,
      ...(strangers > 0 ? [`${strangers} reports were committed under numbers nobody sent`] : []),
    ],
    ...judgeAgents(committed, senders),
  };
}

/** Waits for the metrics store to have it all, then looks whether it has more. */
async function countAll(
  senders: readonly CountedSender[],
  countMetrics: MetricsCount,
  patienceMs: number,
): Promise<{ total: number; faults: string[] }> {
  const looks = () => Promise.all(senders.map((sender) => countMetrics(sender)));
  const isAllThere = async () => (await looks()).every(({ count }, i) => count >= (senders[i] as CountedSender).sent);
  await giveTime(isAllThere, patienceMs);
  const counts = await looks();
  const faults = counts.flatMap(({ count, sum: total }, i) => {
    const { store, device, sent } = senders[i] as CountedSender;
    // Each report's value is its number.
    const wanted = (sent * (sent + 1)) / 2;
    if (count === sent && total === wanted) return [];
    return [`${store}/${device}: ${count} samples of ${sent}, their sum ${total} and not ${wanted}`];
  });
  return { total: sum(counts.map(({ count }) => count)), faults };
}

/** Runs of real agents: whatever is not a sender's. A run's numbers have no gap, and none comes twice. */
export function judgeAgents(
  committed: Committed,
  senders: readonly CountedSender[],
): Pick<ReportVerdict, 'agentGaps' | 'agentReports'> {
  const ours = new Set(senders.map(({ boot }) => boot));
  const runs = new Map<string, number[]>();
  for (const [name, times] of committed) {
    const [boot, seq] = name.split(' ') as [string, string];
    if (ours.has(boot) || boot.startsWith('partof')) continue;
    const numbers = runs.get(boot) ?? [];
    for (let i = 0; i < times; i++) numbers.push(Number(seq));
    runs.set(boot, numbers);
  }
  const agentGaps = [...runs].flatMap(([boot, numbers]) => {
    const distinct = new Set(numbers);
    const highest = Math.max(...numbers);
    const missing = highest - distinct.size;
    const doubled = numbers.length - distinct.size;
    return missing + doubled === 0 ? [] : [`run ${boot}: ${missing} of ${highest} missing, ${doubled} twice`];
  });
  return { agentGaps, agentReports: sum(Array.from(runs.values(), ({ length }) => length)) };
}

function countOfBoots(committed: Committed, senders: readonly CountedSender[]): number {
  const ours = new Set(senders.map(({ boot }) => boot));
  return sum(Array.from(committed, ([name, times]) => (ours.has(name.split(' ')[0] as string) ? times : 0)));
}

/** Holds the faults that were played against what the API told all along and what the desk got. */
export function judgeAlerts(
  episodes: readonly Episode[],
  watch: Pick<IncidentWatch, 'seen'>,
  desk: Pick<TestDesk, 'tickets' | 'faults'>,
): AlertVerdict {
  const explained = new Set(episodes.map(({ opened }) => opened));
  const seen = [...watch.seen.values()];
  const atEnd = (what: string): Trouble => ({ what, at: Date.now() });
  const doubled = [
    ...seen
      .filter(({ first }) => !explained.has(first.number))
      .map(({ first, at }) => ({
        what: `#${first.number} at ${first.store} (${first.cause.rule}): no fault explains it`,
        at,
      })),
    ...desk.faults.map((fault) => atEnd(`the desk: ${fault}`)),
    ...Array.from(desk.tickets.keys())
      .filter((key) => !watch.seen.has(key))
      .map((key) => atEnd(`a ticket for ${key}, which the API never showed`)),
  ];
  const unresolved = [...desk.tickets].filter(([, { state }]) => state !== 'resolved');
  const hasTicket = (number: number) =>
    seen.some(({ first }) => first.number === number && desk.tickets.has(first.key));
  return {
    expected: episodes.length,
    opened: episodes.filter(({ opened }) => opened !== undefined).length,
    resolved: episodes.filter(({ resolved }) => resolved).length,
    episodes,
    lost: episodes.filter(({ opened, resolved }) => opened === undefined || !resolved || !hasTicket(opened)),
    doubled,
    moved: [
      ...seen.flatMap(({ moves }) => moves),
      ...unresolved.map(([key, { state }]) => atEnd(`the ticket of ${key} is ${state} at the end`)),
    ],
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
