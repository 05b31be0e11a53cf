import type { IncidentView } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { numberOf } from '../keys.ts';
import { locale } from '../state/prefs.ts';
import { sinceArrival } from '../state/wall.ts';
import { shared, ui } from '../words/index.ts';
import { Priority, Simulated, Ticket } from './badges.tsx';
import { Icon } from './icon.tsx';
import { Mark } from './mark.tsx';
import { Since } from './since.tsx';
import { Deadline, Lost } from './stake.tsx';
import { entitle, type Titles } from './titles.ts';

const SLIDE_MS = 400;

const UNTITLED: Titles = new Map();

/** The cause of an incident in one sentence: what is at fault, and why we say so. */
export function causeOf(incident: IncidentView, titles: Titles = UNTITLED): string {
  if (incident.fold.code !== 'fold.alone') return say(locale.value, incident.fold);
  const reason = say(locale.value, entitle(incident.cause.reason, titles));
  return incident.cause.kind === 'device' ? ui.value.pair(incident.causeTitle, lowerFirst(reason)) : reason;
}

/** After a colon French goes on in lower case; an acronym stays as it is. */
export const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLocaleLowerCase() + text.slice(1) : text;

/** Who has it in hand, or that it is over. */
function Handled({ incident: { state, acknowledgedBy } }: { incident: IncidentView }) {
  const word = shared.value.incidentStates[state];
  const by = state === 'acknowledged' ? acknowledgedBy : undefined;
  const told = by === undefined ? word : ui.value.acknowledgedBy(by);
  return (
    <span class="incident-state" title={told}>
      <Icon name="check" />
      <span class="unseen">{by === undefined ? '' : word}</span>
      {by ?? word}
    </span>
  );
}

/** One incident as the wall's panel and the list show it. */
export function IncidentRow({ incident }: { incident: IncidentView }) {
  return (
    <a
      class={sinceArrival(incident.number) < SLIDE_MS ? 'incident arriving' : 'incident'}
      href={`/incidents/${incident.number}`}
      data-testid="incident-row"
      data-incident={incident.number}
      data-state={incident.state}
      data-priority={incident.priority}
      data-simulated={incident.simulated}
    >
      <Priority level={incident.priority} />
      <span class="incident-store">
        <b>{numberOf(incident.store)}</b> {incident.storeTitle}
      </span>
      <Since at={incident.resolvedAt ?? incident.since} />
      <span class="incident-cause">{causeOf(incident)}</span>
      <span class="incident-foot">
        <Deadline incident={incident} />
        <Lost incident={incident} />
        <Ticket incident={incident} />
        {incident.state !== 'new' && <Handled incident={incident} />}
        {incident.alerts.some(({ flapping }) => flapping) && (
          <span class="incident-state" data-flapping>
            <Icon name="wave" />
            {shared.value.alertStates.flapping}
          </span>
        )}
        {incident.maintenance !== undefined && <Mark as="maintenance">{ui.value.planned.now}</Mark>}
        {incident.suspects !== undefined && incident.suspects.length > 0 && (
          <Mark as="degraded">{ui.value.planned.suspect}</Mark>
        )}
        {incident.simulated && <Simulated />}
      </span>
    </a>
  );
}
