import type { Locale } from '../../../protocol/inventory.ts';
import { nameOf } from '../../../protocol/names.ts';
import type { Review, ReviewMoment, ReviewNotes, ReviewSplit, ReviewTimes } from '../../../protocol/reviews.ts';
import { formatOf, say, wordsOf } from '../../../protocol/words/index.ts';
import { REVIEW_WORDS } from '../../../protocol/words/reviews.ts';

const MINUTE_MS = 60_000;

/** The review as a Markdown document, to be kept, mailed or put where the team keeps its own. Times in `timeZone` (IANA). */
export function reviewMarkdown(
  review: Review,
  { locale, timeZone, notes }: { locale: Locale; timeZone: string; notes?: ReviewNotes | undefined },
): string {
  const words = REVIEW_WORDS[locale];
  const { number, money, duration, dateTime } = formatOf(locale);
  const when = (at: number) => dateTime(at, timeZone);
  const lasted = (ms: number) => duration(Math.round(ms / 1_000));
  const fact = (label: string, told: string) => `| ${cell(label)} | ${cell(told)} |`;
  const facts = (rows: string[]) => ['| | |', '|---|---|', ...rows];
  const moments = (all: readonly ReviewMoment[]) =>
    all.map(({ at, reason, store }) => {
      const place = store ? ` [${nameOf(store.key)} ${store.title}]` : '';
      return `- ${when(at)}${plain(place)} ${plain(say(locale, reason))}`;
    });
  const { loss, times, split } = review;
  const timeRows = (Object.keys(words.timeLabels) as (keyof ReviewTimes)[]).map((name) => {
    const at = times[name];
    const by =
      name === 'acknowledged' && review.acknowledgedBy ? ` (${words.acknowledgedBy(review.acknowledgedBy)})` : '';
    return fact(words.timeLabels[name], at === undefined ? words.unknown : when(at) + by);
  });
  const splitRows = (Object.keys(words.splitLabels) as (keyof ReviewSplit)[]).map((name) => {
    const ms = split[name];
    return fact(words.splitLabels[name], ms === undefined ? words.unknown : lasted(ms));
  });
  const left = review.storesOpen > 0 ? number(review.storesOpen) : undefined;
  const minutes = (ms: number) => number(Math.round(ms / MINUTE_MS), 0);
  return [
    `# ${words.title(review.number)}`,
    '',
    `**${plain(say(locale, review.title))}**`,
    ...(review.simulated ? ['', `> ${words.simulated}`] : []),
    ...(review.isOver ? [] : ['', `> ${words.draft}`]),
    '',
    `## ${words.facts}`,
    '',
    ...facts([
      fact(words.chain, review.chainTitle),
      fact(words.priority, wordsOf(locale).priorities[review.priority]),
      fact(words.ticket, review.ticket ?? words.unknown),
      fact(words.evidence, say(locale, review.fold)),
    ]),
    '',
    `## ${words.times} (${timeZone})`,
    '',
    ...facts(timeRows),
    '',
    `## ${words.split}`,
    '',
    ...facts(splitRows),
    '',
    `## ${words.impact}`,
    '',
    ...facts([
      fact(words.storesLabel, words.stores(number(review.stores), left)),
      fact(words.lanesLabel, number(review.lanesTotal)),
      fact(words.laneMinutes, loss ? minutes(loss.laneMs) : words.unknown),
      fact(words.blindLaneMinutes, loss ? minutes(loss.blindMs) : words.unknown),
      ...(loss?.money ? [fact(words.money, money(loss.money.lost, loss.money.currency))] : []),
    ]),
    '',
    `## ${words.moments}`,
    '',
    ...moments(review.moments),
    ...(review.momentsLeft > 0 ? [`- … ${words.momentsLeft(review.momentsLeft)}`] : []),
    '',
    `## ${words.actions}`,
    '',
    ...(review.actions.length > 0 ? moments(review.actions) : [words.none]),
    '',
    ...(review.suspects.length > 0
      ? [`## ${words.suspects}`, '', ...review.suspects.map((suspect) => `- ${plain(say(locale, suspect))}`), '']
      : []),
    `## ${words.incidents}`,
    '',
    `| ${words.storeColumn} | ${words.incidentColumn} | ${words.awayColumn} | ${words.lanesColumn} |`,
    '|---|---|---|---|',
    ...review.incidents.map(({ store, storeTitle, number: incident, since, resolvedAt, lanesDown, lanesTotal }) => {
      const away = resolvedAt === undefined ? words.unknown : lasted(resolvedAt - since);
      return `| ${cell(`${nameOf(store)} ${storeTitle}`)} | ${incident} | ${away} | ${lanesDown} / ${lanesTotal} |`;
    }),
    ...(review.stores > review.incidents.length
      ? ['', `… ${words.incidentsLeft(review.stores - review.incidents.length)}`]
      : []),
    '',
    `## ${words.questions}`,
    '',
    ...review.questions.map((question) => `- ${words.asked[question]}`),
    '',
    `## ${words.notes}`,
    '',
    ...(notes && notes.text !== ''
      ? [notes.text.trim(), '', `_${plain(words.notesBy(notes.by, when(notes.at)))}_`]
      : [words.noNotes]),
    '',
  ].join('\n');
}

/** What people and machines have said stays text: it makes no heading, link or picture of ours. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>#|]/g, '\\$&');
const cell = plain;
