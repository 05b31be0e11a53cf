import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { Satisfaction } from '../../../protocol/store-words.ts';
import type { DeviceView, IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';
import { advise, say } from '../../../protocol/words/index.ts';
import { ActionsCard } from '../actions/actions-card.tsx';
import { withoutOutput } from '../actions/asked.ts';
import { IncidentActions } from '../actions/incident-actions.tsx';
import { apiPath } from '../api.ts';
import { deviceHref, numberOf, partsOf, storeHref } from '../keys.ts';
import { AlertsTable } from '../parts/alerts-table.tsx';
import { Priority, Simulated, Ticket } from '../parts/badges.tsx';
import { Comment } from '../parts/comment.tsx';
import { HoldPart } from '../parts/hold.tsx';
import { causeOf } from '../parts/incident-row.tsx';
import { Card, PageHead } from '../parts/page-head.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { Planned } from '../parts/planned.tsx';
import { RegroupCard, ReopenCard } from '../parts/regroup.tsx';
import { Since } from '../parts/since.tsx';
import { Deadline } from '../parts/stake.tsx';
import { TakeOnPart } from '../parts/take-on.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { entitle, titlesOf } from '../parts/titles.ts';
import { Trouble } from '../parts/trouble.tsx';
import { tellLoss } from '../stake.ts';
import { acknowledge } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { incidents, places } from '../state/wall.ts';
import { format, shared, ui } from '../words/index.ts';
import { storeLinkWords } from '../words/store-links.ts';
import { writeDate } from '../words/times.ts';
import { Skeleton } from './skeleton.tsx';

interface IncidentAnswer {
  incident: IncidentView;
  timeline: TimelineEntry[];
  /** What the store says of it, once it is over. */
  satisfaction?: Satisfaction;
}

/** One incident: its cause and what shows it, what it costs, what was done, and what to do. */
export function IncidentPage({ number }: { number: number }) {
  const moved = useComputed(() => incidents.value.get(number));
  const { data, error, reload } = useResource<IncidentAnswer>(() => apiPath('incidents', number), moved);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  return <Told {...data} incident={moved.value ?? data.incident} reload={reload} />;
}

function Told({ incident, timeline, satisfaction, reload }: IncidentAnswer & { reload: () => void }) {
  const { number, store } = incident;
  const around = useResource<{ devices: DeviceView[] }>(() => apiPath('stores', ...partsOf(store)), places).data;
  const titles = titlesOf(around?.devices ?? []);
  const words = ui.value;
  return (
    <div class="page" data-testid="incident-page" data-incident-number={number} data-state={incident.state}>
      <PageHead
        trail={[
          { href: '/', label: words.wall },
          { href: '/incidents', label: words.incidents },
        ]}
        title={
          <>
            <Priority level={incident.priority} /> {words.incident(number)}
            <a class="title-name" href={storeHref(incident.store)}>
              {numberOf(incident.store)} {incident.storeTitle}
            </a>
          </>
        }
      >
        <p class="page-state">
          <b data-testid="incident-state">{shared.value.incidentStates[incident.state]}</b>
          <Since at={incident.resolvedAt ?? incident.acknowledgedAt ?? incident.since} long />
          <Deadline incident={incident} />
          <Ticket incident={incident} />
          {incident.simulated && <Simulated />}
        </p>
      </PageHead>
      <div class="columns">
        <div class="column">
          <Card title={words.cause}>
            <p class="cause">{causeOf(incident, titles)}</p>
            <p class="quiet">
              {say(
                locale.value,
                incident.fold.code === 'fold.alone' ? incident.fold : entitle(incident.cause.reason, titles),
              )}
            </p>
            {incident.into !== undefined && (
              <p>
                <a class="text-link" href={`/incidents/${incident.into.number}`} data-testid="merged-into">
                  {words.regroup.mergedInto(incident.into.number)}
                </a>
              </p>
            )}
            {incident.parent !== undefined && (
              <p>
                <a class="text-link" href={`/majors/${incident.parent.number}`} data-testid="parent">
                  {words.partOfMajor(incident.parent.number)}
                </a>
              </p>
            )}
            <Planned now={incident.maintenance} suspects={incident.suspects} />
            {!isOver(incident.state) && <WhatToDo incident={incident} />}
          </Card>
          <Card title={words.evidence}>
            {incident.alerts.length === 0 ? (
              <p class="quiet">{words.noAlerts}</p>
            ) : (
              <AlertsTable alerts={incident.alerts} titles={titles} />
            )}
          </Card>
          {!isOver(incident.state) && incident.cause.kind === 'device' && (
            <ActionsCard
              device={incident.cause.target as DeviceKey}
              title={incident.causeTitle}
              incident={number}
              {...(incident.model?.actions && { suggested: incident.model.actions })}
              onAsked={reload}
            />
          )}
          <IncidentActions timeline={timeline} titles={titles} />
          <Card title={words.timeline}>
            <Timeline entries={timeline.map(withoutOutput)} titles={titles} />
            {!isOver(incident.state) && <Comment of="incidents" number={number} reload={reload} />}
          </Card>
        </div>
        <div class="column side">
          {incident.state === 'new' && (
            <button
              type="button"
              class="button primary tall"
              data-testid="acknowledge"
              onClick={() => void acknowledge(number)}
            >
              {words.acknowledge} <kbd>a</kbd>
            </button>
          )}
          {!isOver(incident.state) && (
            <Card title={words.takeOn.title}>
              <TakeOnPart incident={incident} reload={reload} />
            </Card>
          )}
          {!isOver(incident.state) && (
            <Card title={words.hold.title}>
              <HoldPart incident={incident} reload={reload} />
            </Card>
          )}
          {!isOver(incident.state) && <RegroupCard incident={incident} reload={reload} />}
          {incident.state === 'resolved' && incident.into === undefined && (
            <ReopenCard incident={incident} reload={reload} />
          )}
          <Card title={words.facts}>
            <Facts incident={incident} satisfaction={satisfaction} />
          </Card>
        </div>
      </div>
    </div>
  );
}

/** The steps of the house’s own model, where there is one, or what is of use anywhere. */
function WhatToDo({ incident }: { incident: IncidentView }) {
  const words = ui.value;
  const { model } = incident;
  const steps = model?.steps?.[locale.value];
  if (!model || !steps) {
    return (
      <p class="advice">
        <b>{words.whatToDo}</b> <span>{advise(locale.value, incident)}</span>
      </p>
    );
  }
  const { [locale.value]: title } = model.title;
  return (
    <div class="advice" data-testid="procedure">
      <b>{words.procedure(title, model.version)}</b>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}

function Facts({ incident, satisfaction }: { incident: IncidentView; satisfaction: Satisfaction | undefined }) {
  const words = ui.value;
  const { number } = format.value;
  const rows: [string, ComponentChildren][] = [
    [words.priority, shared.value.priorities[incident.priority]],
    [words.impact, shared.value.impacts[incident.impact]],
    [words.urgency, shared.value.urgencies[incident.urgency]],
    [words.lanesDown, words.ofTotal(number(incident.lanesDown), number(incident.lanesTotal))],
    [
      words.store,
      <a class="text-link" href={storeHref(incident.store)}>
        {numberOf(incident.store)} {incident.storeTitle}
      </a>,
    ],
  ];
  if (incident.region !== '') rows.push([words.region, incident.region]);
  if (incident.cause.kind === 'device') {
    const href = deviceHref(incident.cause.target as DeviceKey);
    rows.push([
      words.device,
      <a class="text-link" href={href}>
        {incident.causeTitle}
      </a>,
    ]);
  }
  const lost = tellLoss(incident, tick.value, words, format.value);
  if (lost !== '') rows.push([words.cost, lost]);
  const { clocks, respondBy, restoreBy } = incident;
  if (respondBy !== undefined && clocks?.respond.stoppedAt === undefined) {
    rows.push([words.respondBy, writeDate(respondBy)]);
  }
  if (restoreBy !== undefined) rows.push([words.restoreBy, writeDate(restoreBy)]);
  const { ticketState: ticketIs } = incident;
  const unticketed = incident.parent === undefined ? words.noDesk : words.partOfMajor(incident.parent.number);
  const ticketState = ticketIs === 'none' ? unticketed : shared.value.ticketStates[ticketIs];
  rows.push([words.ticket, incident.ticket ?? ticketState]);
  if (incident.ticket !== undefined) rows.push(['', ticketState]);
  const { quietUntil, digest, team, category, onCall } = incident;
  if (quietUntil !== undefined) rows.push(['', words.quietUntil(writeDate(quietUntil))]);
  if (digest) rows.push(['', words.inDigest(digest.desks.join(', '), writeDate(digest.at))]);
  if (team !== undefined) rows.push([words.team, team]);
  if (category !== undefined) rows.push([words.category, category]);
  if (onCall !== undefined) rows.push([words.onCall, onCall]);
  rows.push([words.openedAt, writeDate(incident.openedAt)]);
  if (incident.acknowledgedAt !== undefined) {
    rows.push([words.acknowledgedAt, writeDate(incident.acknowledgedAt)], ['', incident.acknowledgedBy]);
  }
  if (incident.resolvedAt !== undefined) rows.push([words.resolvedAt, writeDate(incident.resolvedAt)]);
  const lastedMs = (incident.resolvedAt ?? tick.value) - incident.since;
  rows.push([words.lasted, format.value.duration(Math.max(1, Math.round(lastedMs / 1000)))]);
  if (satisfaction) {
    const { satisfaction: label, well, notWell } = storeLinkWords.value;
    rows.push([label, satisfaction.isWell ? well : notWell]);
    if (satisfaction.note !== '') rows.push(['', satisfaction.note]);
  }
  return <Pairs rows={rows} />;
}
