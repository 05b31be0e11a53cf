import { signal } from '@preact/signals';
import type { IncidentView } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';
import { apiPath } from '../api.ts';
import { Blank } from '../parts/blank.tsx';
import { IncidentRow } from '../parts/incident-row.tsx';
import { MajorRow } from '../parts/major-row.tsx';
import { Segments } from '../parts/menu.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { majors } from '../state/open-incidents.ts';
import { useResource } from '../state/resource.ts';
import { incidents } from '../state/wall.ts';
import { format, ui } from '../words/index.ts';
import { Skeleton } from './skeleton.tsx';

const STATES = ['open', 'resolved', 'all'] as const;
const AT_MOST = 200;

const chosen = signal<(typeof STATES)[number]>('open');

/** Every incident, by state. */
export function IncidentsPage() {
  const words = ui.value;
  return (
    <div class="page" data-testid="incidents-page">
      <PageHead trail={[{ href: '/', label: words.wall }]} title={words.incidents}>
        <Segments
          of={chosen}
          values={STATES}
          words={{ open: words.filterOpen, resolved: words.filterResolved, all: words.filterAll }}
          name="incidents"
          label={words.stateFilter}
        />
      </PageHead>
      <Listed key={chosen.value} state={chosen.value} />
    </div>
  );
}

const byUrgency = (a: IncidentView, b: IncidentView): number =>
  Number(isOver(a.state)) - Number(isOver(b.state)) ||
  (isOver(a.state) ? (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0) : a.priority - b.priority || b.since - a.since);

function Listed({ state }: { state: (typeof STATES)[number] }) {
  const words = ui.value;
  const query = new URLSearchParams({ limit: String(AT_MOST), ...(state === 'all' ? {} : { state }) });
  const path = `${apiPath('incidents')}?${query}`;
  const { data, error, reload } = useResource<{ incidents: IncidentView[] }>(() => path, incidents);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const list = data.incidents
    .map((incident) => incidents.value.get(incident.number) ?? incident)
    .filter((incident) => state === 'all' || isOver(incident.state) === (state === 'resolved'))
    .sort(byUrgency);
  if (list.length === 0) {
    return state === 'open' ? (
      <Blank kind="empty" title={words.noIncident} more={words.noIncidentMore} />
    ) : (
      <Blank kind="empty" title={words.noIncidentsListed} more={words.noIncidentsListedMore} />
    );
  }
  return (
    <section class="card incident-list">
      {state !== 'resolved' && majors.value.map((major) => <MajorRow key={major.number} major={major} />)}
      {list.map((incident) => (
        <IncidentRow key={incident.number} incident={incident} />
      ))}
      {data.incidents.length >= AT_MOST && <p class="quiet">{words.listCut(format.value.number(AT_MOST))}</p>}
    </section>
  );
}
