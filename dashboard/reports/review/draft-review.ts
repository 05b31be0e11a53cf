import type { MajorView } from '../../../protocol/majors.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type {
  Review,
  ReviewIncident,
  ReviewMoment,
  ReviewQuestion,
  ReviewSplit,
  ReviewTimes,
} from '../../../protocol/reviews.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';

export interface ReviewedIncident {
  incident: IncidentView;
  timeline: readonly TimelineEntry[];
}

/** All of a major incident that is kept. */
export interface ReviewFacts {
  major: MajorView;
  timeline: readonly TimelineEntry[];
  /** Those beneath it that are known in full. */
  incidents: readonly ReviewedIncident[];
}

/** A review is read by people. */
const MOST_MOMENTS = 120;
const MINUTE_MS = 60_000;
/** Longer than that, people are asked why. */
const SLOW = { detectionMs: MINUTE_MS, recognitionMs: 2 * MINUTE_MS, responseMs: 15 * MINUTE_MS };

/** Of a store’s own incident: what was said and done. What befell its devices stands on its own page. */
const TOLD_OF_STORES =
  /^(action\.|ticket\.failed$|incident\.(acknowledged|commented|on-hold|resumed|graver|cause-changed|reopened)$)/;
/** Of the major one: all but the desk’s receipts. */
const LEFT_OUT = /^ticket\.(updated|commented)$/;

/**
 * Drafts the review of a major incident from what is kept of it: facts only, nothing is guessed, and what they raise is put as
 * questions to people. Made anew each time it is read, so it is never staler than what it tells of.
 */
export function draftReview({ major, timeline, incidents }: ReviewFacts): Review {
  const times = timesOf(major, timeline, incidents);
  const split = splitOf(times);
  const moments = momentsOf(timeline, incidents);
  const actions = moments.filter(({ reason }) => reason.code.startsWith('action.'));
  const suspects = suspectsOf(incidents);
  const { number, chain, chainTitle, cause, title, fold, evidence, priority, stores, storesOpen, lanesTotal } = major;
  return {
    number,
    chain,
    chainTitle,
    ...(major.simulated && { simulated: true }),
    isOver: major.state === 'resolved',
    cause,
    title,
    fold,
    ...(evidence && { evidence }),
    priority,
    ...(major.ticket !== undefined && { ticket: major.ticket }),
    ...(major.acknowledgedBy !== undefined && { acknowledgedBy: major.acknowledgedBy }),
    times,
    split,
    stores,
    storesOpen,
    lanesTotal,
    ...(major.loss && { loss: major.loss }),
    moments: moments.slice(0, MOST_MOMENTS),
    momentsLeft: Math.max(0, moments.length - MOST_MOMENTS),
    actions,
    suspects,
    incidents: incidentsOf(incidents),
    questions: questionsOf({ major, times, split, moments, actions, suspects, incidents }),
  };
}

function timesOf(
  major: MajorView,
  timeline: readonly TimelineEntry[],
  incidents: readonly ReviewedIncident[],
): ReviewTimes {
  const opened = incidents.map(({ incident }) => incident.openedAt);
  const backs = incidents.flatMap(({ incident }) => incident.resolvedAt ?? []);
  const ticket = timeline.find(({ reason }) => reason.code === 'ticket.opened')?.at;
  const isOver = major.state === 'resolved';
  return {
    firstSignal: Math.min(major.since, ...incidents.map(({ incident }) => incident.since)),
    // Those beneath it may be known in part only, and it is never older than the first of them.
    detected: Math.min(major.openedAt, ...opened),
    recognised: major.openedAt,
    ...(ticket !== undefined && { ticket }),
    ...(major.acknowledgedAt !== undefined && { acknowledged: major.acknowledgedAt }),
    ...(backs.length > 0 && { firstStoreBack: Math.min(...backs) }),
    ...(isOver && backs.length > 0 && { lastStoreBack: Math.max(...backs) }),
    ...(isOver && major.resolvedAt !== undefined && { resolved: major.resolvedAt }),
  };
}

function splitOf({
  firstSignal,
  detected,
  recognised,
  acknowledged,
  lastStoreBack,
  resolved,
}: ReviewTimes): ReviewSplit {
  const back = lastStoreBack ?? resolved;
  return {
    detectionMs: detected - firstSignal,
    recognitionMs: recognised - detected,
    ...(acknowledged !== undefined && { responseMs: acknowledged - recognised }),
    ...(back !== undefined && { restorationMs: back - detected }),
  };
}

function momentsOf(timeline: readonly TimelineEntry[], incidents: readonly ReviewedIncident[]): ReviewMoment[] {
  const own = timeline.filter(({ reason }) => !LEFT_OUT.test(reason.code));
  const ofStores = incidents.flatMap(({ incident, timeline }) => {
    const store = { key: incident.store, title: incident.storeTitle, incident: incident.number };
    return timeline.filter(({ reason }) => TOLD_OF_STORES.test(reason.code)).map((entry) => ({ ...entry, store }));
  });
  return [...own, ...ofStores].sort((a, b) => a.at - b.at);
}

/** Each change once, however many stores it may have hit. */
function suspectsOf(incidents: readonly ReviewedIncident[]): Reason[] {
  const all = incidents.flatMap(({ incident }) => incident.suspects ?? []);
  return [...new Map(all.map((suspect) => [JSON.stringify(suspect.params?.id ?? suspect), suspect])).values()];
}

function incidentsOf(incidents: readonly ReviewedIncident[]): ReviewIncident[] {
  const away = ({ since, resolvedAt = Number.POSITIVE_INFINITY }: ReviewIncident) => resolvedAt - since;
  return incidents
    .map(({ incident: { number, store, storeTitle, since, resolvedAt, lanesDown, lanesTotal, loss } }) => ({
      number,
      store,
      storeTitle,
      since,
      ...(resolvedAt !== undefined && { resolvedAt }),
      lanesDown,
      lanesTotal,
      ...(loss && { loss }),
    }))
    .sort((a, b) => (away(a) === away(b) ? a.number - b.number : away(b) - away(a)));
}

function questionsOf({
  major,
  times,
  split,
  moments,
  actions,
  suspects,
  incidents,
}: Pick<ReviewFacts, 'major' | 'incidents'> &
  Pick<Review, 'times' | 'split' | 'moments' | 'actions' | 'suspects'>): ReviewQuestion[] {
  const isBreached = incidents.some(({ incident: { clocks } }) => clocks?.respond.breached || clocks?.restore.breached);
  const asked: [ReviewQuestion, boolean][] = [
    ['slow-detection', split.detectionMs > SLOW.detectionMs],
    ['slow-recognition', split.recognitionMs > SLOW.recognitionMs],
    ['slow-response', (split.responseMs ?? 0) > SLOW.responseMs],
    ['never-acknowledged', times.acknowledged === undefined],
    ['clock-breached', isBreached],
    ['ticket-failed', moments.some(({ reason }) => reason.code === 'ticket.failed')],
    [
      'action-failed',
      actions.some(({ reason }) => reason.code === 'action.failed' || reason.code === 'action.refused'),
    ],
    ['no-action', actions.length === 0],
    ['suspect-change', suspects.length > 0],
    ['stores-left', major.state === 'resolved' && major.storesOpen > 0],
    ['recurrence', true],
  ];
  return asked.flatMap(([question, isAsked]) => (isAsked ? [question] : []));
}
