import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { nameOf } from '../../../protocol/names.ts';
import type { Review, ReviewMoment, ReviewNotes, ReviewSplit, ReviewTimes } from '../../../protocol/reviews.ts';
import { say } from '../../../protocol/words/index.ts';
import { apiPath } from '../api.ts';
import { Priority, Simulated } from '../parts/badges.tsx';
import { Card, PageHead } from '../parts/page-head.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { ReviewNotesField } from '../review/review-notes.tsx';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { majorViews } from '../state/wall.ts';
import { format, ui } from '../words/index.ts';
import { reviewWords } from '../words/review.ts';
import { writeDate, writeSeconds } from '../words/times.ts';
import { Skeleton } from './skeleton.tsx';

const MINUTE_MS = 60_000;

interface Answer {
  review: Review;
  notes?: ReviewNotes;
}

/** The post-incident review of a major incident: the facts as they are kept, questions to people, and what they wrote. */
export function ReviewPage({ number }: { number: number }) {
  const moved = useComputed(() => majorViews.value.get(number));
  const path = () => `${apiPath('majors', number)}/review`;
  const { data, error, reload } = useResource<Answer>(path, moved);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const { review, notes } = data;
  const words = reviewWords.value;
  return (
    <div class="page" data-testid="review-page" data-major={number}>
      <PageHead
        trail={[
          { href: '/incidents', label: ui.value.incidents },
          { href: `/majors/${number}`, label: ui.value.majorIncident(number) },
        ]}
        title={
          <>
            <Priority level={review.priority} /> {words.title(number)}
            <span class="title-name">{review.chainTitle}</span>
          </>
        }
      >
        <p class="page-state">
          <b>{say(locale.value, review.title)}</b>
          {!review.isOver && <span>{words.draft}</span>}
          {review.simulated && <Simulated />}
        </p>
        <p class="review-tools">
          <a class="button" href={`${apiPath('majors', number)}/review.md?locale=${locale.value}`} download>
            {words.page.download}
          </a>
          <button type="button" class="button" onClick={() => print()}>
            {words.page.print}
          </button>
        </p>
      </PageHead>
      <div class="columns">
        <div class="column">
          <Card title={words.notes}>
            <ReviewNotesField number={number} notes={notes} reload={reload} />
          </Card>
          <Card title={words.questions}>
            <ul class="review-questions" data-testid="review-questions">
              {review.questions.map((question) => (
                <li key={question}>{words.asked[question]}</li>
              ))}
            </ul>
          </Card>
          <Card title={words.moments}>
            <Moments moments={review.moments} />
            {review.momentsLeft > 0 && <p class="quiet">{words.momentsLeft(review.momentsLeft)}</p>}
          </Card>
          <Card title={words.incidents}>
            <Stores review={review} />
          </Card>
        </div>
        <div class="column side">
          <Card title={words.times}>
            <Pairs rows={timeRows(review)} />
          </Card>
          <Card title={words.split}>
            <Pairs rows={splitRows(review)} />
          </Card>
          <Card title={words.impact}>
            <Pairs rows={impactRows(review)} />
          </Card>
          <Card title={words.cause}>
            <p class="cause">{say(locale.value, review.title)}</p>
            <p class="quiet">{say(locale.value, review.fold)}</p>
            {review.suspects.map((suspect) => (
              <p key={say(locale.value, suspect)}>{say(locale.value, suspect)}</p>
            ))}
          </Card>
          <Card title={words.actions}>
            {review.actions.length > 0 ? <Moments moments={review.actions} /> : <p class="quiet">{words.none}</p>}
          </Card>
        </div>
      </div>
    </div>
  );
}

function Moments({ moments }: { moments: readonly ReviewMoment[] }) {
  const days = Map.groupBy(moments, ({ at }) => new Date(at).toDateString());
  return (
    <ol class="timeline">
      {[...days.values()].flatMap((day) =>
        day.map(({ at, reason, store }, i) => (
          <li key={`${at}${i}`} data-code={reason.code}>
            <time dateTime={new Date(at).toISOString()} title={writeDate(at)}>
              {i === 0 && days.size > 1 ? writeDate(at) : writeSeconds(at)}
            </time>
            <span>
              {store && (
                <a href={`/incidents/${store.incident}`} class="moment-store">
                  {store.title}
                </a>
              )}{' '}
              {say(locale.value, reason)}
            </span>
          </li>
        )),
      )}
    </ol>
  );
}

function Stores({ review }: { review: Review }) {
  const words = reviewWords.value;
  const { number } = format.value;
  const left = review.stores - review.incidents.length;
  return (
    <>
      <table class="table stacked">
        <thead>
          <tr>
            <th>{words.storeColumn}</th>
            <th class="figures">{words.awayColumn}</th>
            <th class="figures">{words.lanesColumn}</th>
            <th>{words.incidentColumn}</th>
          </tr>
        </thead>
        <tbody>
          {review.incidents.map(({ number: incident, store, storeTitle, since, resolvedAt, lanesDown, lanesTotal }) => (
            <tr key={incident}>
              <td>
                <a href={`/stores/${store}`}>
                  {nameOf(store)} {storeTitle}
                </a>
              </td>
              <td class="figures" data-label={words.awayColumn}>
                {resolvedAt === undefined ? words.unknown : lasted(resolvedAt - since)}
              </td>
              <td class="figures" data-label={words.lanesColumn}>
                {ui.value.ofTotal(number(lanesDown), number(lanesTotal))}
              </td>
              <td data-label={words.incidentColumn}>
                <a href={`/incidents/${incident}`}>{incident}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="quiet">{words.incidentsLeft(left)}</p>}
    </>
  );
}

type Row = [string, ComponentChildren];

const lasted = (ms: number): string => format.value.duration(Math.round(ms / 1_000));

function timeRows({ times, acknowledgedBy }: Review): Row[] {
  const words = reviewWords.value;
  return (Object.keys(words.timeLabels) as (keyof ReviewTimes)[]).map((name) => {
    const at = times[name];
    const by =
      name === 'acknowledged' && acknowledgedBy !== undefined ? `, ${words.acknowledgedBy(acknowledgedBy)}` : '';
    return [words.timeLabels[name], at === undefined ? words.unknown : writeDate(at) + by];
  });
}

function splitRows({ split }: Review): Row[] {
  const words = reviewWords.value;
  return (Object.keys(words.splitLabels) as (keyof ReviewSplit)[]).map((name) => {
    const ms = split[name];
    return [words.splitLabels[name], ms === undefined ? words.unknown : lasted(ms)];
  });
}

function impactRows({ stores, storesOpen, lanesTotal, loss, ticket }: Review): Row[] {
  const words = reviewWords.value;
  const { number, money } = format.value;
  const minutes = (ms: number) => number(Math.round(ms / MINUTE_MS), 0);
  return [
    [words.storesLabel, words.stores(number(stores), storesOpen > 0 ? number(storesOpen) : undefined)],
    [words.lanesLabel, number(lanesTotal)],
    [words.laneMinutes, loss ? minutes(loss.laneMs) : words.unknown],
    ...(loss && loss.blindMs >= MINUTE_MS ? [[words.blindLaneMinutes, minutes(loss.blindMs)] as Row] : []),
    ...(loss?.money ? [[words.money, money(loss.money.lost, loss.money.currency)] as Row] : []),
    [words.ticket, ticket ?? words.unknown],
  ];
}
