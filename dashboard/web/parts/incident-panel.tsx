import { Fragment } from 'preact';
import { storeHref } from '../keys.ts';
import { type Gathered, gatherByStore } from '../state/gather.ts';
import { apart, majors, openIncidents, resolvedIncidents } from '../state/open-incidents.ts';
import { phone } from '../state/screen.ts';
import { format, ui } from '../words/index.ts';
import { Blank } from './blank.tsx';
import { IncidentRow } from './incident-row.tsx';
import { MajorRow } from './major-row.tsx';

const AT_MOST = 60;
const ON_A_PHONE = 5;
const RESOLVED_AT_MOST = 8;

/** The incidents as they are, beside the wall. */
export function IncidentPanel() {
  const words = ui.value;
  const open = openIncidents.value;
  const told = gatherByStore(apart.value);
  const some = told.slice(0, phone.value ? ON_A_PHONE : AT_MOST);
  const left = told.slice(some.length).reduce((sum, { others }) => sum + 1 + others, 0);
  const resolved = phone.value ? [] : gatherByStore(resolvedIncidents.value).slice(0, RESOLVED_AT_MOST);
  return (
    <aside class="panel" aria-label={words.incidents} data-testid="incidents">
      <h2 class="panel-head">
        <a href="/incidents">{words.incidents}</a>
        <span class="panel-count" data-testid="incident-count">
          {format.value.number(open.length)}
        </span>
      </h2>
      <div class="panel-list">
        {open.length === 0 && <Blank kind="empty" title={words.noIncident} more={words.noIncidentMore} />}
        {majors.value.map((major) => (
          <MajorRow key={major.number} major={major} />
        ))}
        <Rows of={some} />
        {left > 0 && (
          <a class="panel-more" href="/incidents">
            {words.moreIncidents(format.value.number(left))}
          </a>
        )}
        {resolved.length > 0 && <h3 class="panel-sub">{words.resolvedLately}</h3>}
        <Rows of={resolved} />
      </div>
    </aside>
  );
}

function Rows({ of: gathered }: { of: readonly Gathered[] }) {
  return (
    <>
      {gathered.map(({ incident, others }) => (
        <Fragment key={incident.number}>
          <IncidentRow incident={incident} />
          {others > 0 && (
            <a class="incident-others" href={storeHref(incident.store)}>
              {ui.value.othersInStore(others)}
            </a>
          )}
        </Fragment>
      ))}
    </>
  );
}
