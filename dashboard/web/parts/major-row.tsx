import type { MajorView } from '../../../protocol/majors.ts';
import { say } from '../../../protocol/words/index.ts';
import { locale } from '../state/prefs.ts';
import { format, shared, ui } from '../words/index.ts';
import { Priority, Simulated, Ticket } from './badges.tsx';
import { Icon } from './icon.tsx';
import { Since } from './since.tsx';

/** How many stores are still away, of all it has touched. */
export function tellStores({ storesOpen, stores }: MajorView): string {
  const { number } = format.value;
  return storesOpen === stores
    ? ui.value.majorStores(stores, number(stores))
    : ui.value.majorStoresLeft(number(storesOpen), number(stores));
}

/** What several stores have in common, as one line that stands for all their incidents. */
export function MajorRow({ major }: { major: MajorView }) {
  return (
    <a
      class="incident major"
      href={`/majors/${major.number}`}
      data-testid="major-row"
      data-major={major.number}
      data-state={major.state}
      data-priority={major.priority}
      data-simulated={major.simulated}
    >
      <Priority level={major.priority} />
      <span class="incident-store">
        <b>{tellStores(major)}</b>
      </span>
      <Since at={major.resolvedAt ?? major.since} />
      <span class="incident-cause">{say(locale.value, major.title)}</span>
      <span class="incident-foot">
        <span>{ui.value.major}</span>
        <Ticket incident={major} />
        {major.state !== 'new' && (
          <span class="incident-state">
            <Icon name="check" />
            {major.state === 'acknowledged' ? major.acknowledgedBy : shared.value.incidentStates[major.state]}
          </span>
        )}
        {major.simulated && <Simulated />}
      </span>
    </a>
  );
}
