import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { MajorView } from '../../../protocol/majors.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { apiPath } from '../api.ts';
import { Priority, Simulated, Ticket } from '../parts/badges.tsx';
import { Comment } from '../parts/comment.tsx';
import { IncidentRow } from '../parts/incident-row.tsx';
import { tellStores } from '../parts/major-row.tsx';
import { Card, PageHead } from '../parts/page-head.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { Since } from '../parts/since.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tellLoss } from '../stake.ts';
import { acknowledgeMajor } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { incidents, majorViews } from '../state/wall.ts';
import { format, shared, ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { Skeleton } from './skeleton.tsx';

interface MajorAnswer {
  major: MajorView;
  timeline: TimelineEntry[];
  incidents: IncidentView[];
}

/** A major incident: what its stores have in common, what shows it, and the incidents beneath it. */
export function MajorPage({ number }: { number: number }) {
  const moved = useComputed(() => majorViews.value.get(number));
  const { data, error, reload } = useResource<MajorAnswer>(() => apiPath('majors', number), moved);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const major = moved.value ?? data.major;
  const words = ui.value;
  const beneath = data.incidents.map((incident) => incidents.value.get(incident.number) ?? incident);
  return (
    <div class="page" data-testid="major-page" data-major={number} data-state={major.state}>
      <PageHead
        trail={[
          { href: '/', label: words.wall },
          { href: '/incidents', label: words.incidents },
        ]}
        title={
          <>
            <Priority level={major.priority} /> {words.majorIncident(number)}
            <span class="title-name">{major.chainTitle}</span>
          </>
        }
      >
        <p class="page-state">
          <b>{shared.value.incidentStates[major.state]}</b>
          <Since at={major.resolvedAt ?? major.acknowledgedAt ?? major.since} long />
          <span>{tellStores(major)}</span>
          <Ticket incident={major} />
          {major.simulated && <Simulated />}
        </p>
      </PageHead>
      <div class="columns">
        <div class="column">
          <Card title={words.cause}>
            <p class="cause">{say(locale.value, major.title)}</p>
            <p class="quiet">{say(locale.value, major.fold)}</p>
          </Card>
          <Card title={words.majorChildren}>
            <div class="incident-list" data-testid="beneath">
              {beneath.map((incident) => (
                <IncidentRow key={incident.number} incident={incident} />
              ))}
            </div>
            {major.children.length > beneath.length && (
              <p class="quiet">{words.moreIncidents(format.value.number(major.children.length - beneath.length))}</p>
            )}
          </Card>
          <Card title={words.timeline}>
            <Timeline entries={data.timeline} titles={new Map()} />
            {major.state !== 'resolved' && <Comment of="majors" number={number} reload={reload} />}
          </Card>
        </div>
        <div class="column side">
          {major.state === 'new' && (
            <button
              type="button"
              class="button primary tall"
              data-testid="acknowledge"
              onClick={() => void acknowledgeMajor(number)}
            >
              {words.acknowledge}
            </button>
          )}
          <a class="button tall" href={`/majors/${number}/review`} data-testid="review">
            {words.review}
          </a>
          <Card title={words.facts}>
            <Facts major={major} />
          </Card>
        </div>
      </div>
    </div>
  );
}

function Facts({ major }: { major: MajorView }) {
  const words = ui.value;
  const { number } = format.value;
  const { ticketState: ticketIs } = major;
  const lost = tellLoss(major, tick.value, words, format.value);
  const rows: [string, ComponentChildren][] = [
    [words.priority, shared.value.priorities[major.priority]],
    [words.majorSpread, words.ofTotal(number(major.storesOpen), number(major.stores))],
    [words.lanesDown, words.ofTotal(number(major.lanesDown), number(major.lanesTotal))],
    ...(lost === '' ? [] : [[words.cost, lost] as [string, string]]),
    [words.ticket, major.ticket ?? (ticketIs === 'none' ? words.noDesk : shared.value.ticketStates[ticketIs])],
    [words.openedAt, writeDate(major.openedAt)],
    ...(major.acknowledgedAt === undefined
      ? []
      : [[words.acknowledgedAt, `${writeDate(major.acknowledgedAt)}, ${major.acknowledgedBy}`] as [string, string]]),
    ...(major.resolvedAt === undefined ? [] : [[words.resolvedAt, writeDate(major.resolvedAt)] as [string, string]]),
  ];
  return <Pairs rows={rows} />;
}
