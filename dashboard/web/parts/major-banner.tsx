import type { IncidentView } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { numberOf } from '../keys.ts';
import { tick } from '../state/clock.ts';
import { major } from '../state/open-incidents.ts';
import { locale } from '../state/prefs.ts';
import { format, ui } from '../words/index.ts';
import { writeTime } from '../words/times.ts';
import { Simulated } from './badges.tsx';
import { Glyph } from './glyph.tsx';
import { causeOf } from './incident-row.tsx';

/** Only while something major lasts: its cause in words, and since when. */
export function MajorBanner() {
  const now = major.value;
  const first = now?.incidents[0];
  if (now === undefined || first === undefined) return null;
  const alone = now.incidents.length === 1;
  tick.value;
  return (
    <a
      class="banner major-banner"
      href={alone ? `/incidents/${first.number}` : '/incidents'}
      data-testid="major-banner"
      data-count={now.incidents.length}
    >
      <Glyph state="down" />
      <span class="unseen">{ui.value.major}</span>
      <span class="banner-text">
        <b>{alone ? tellOne(first) : tellMany(now.incidents)}</b>
        {now.others > 0 && <span>{ui.value.majorOthers(now.others, format.value.number(now.others))}</span>}
        {now.incidents.some((incident) => incident.simulated) && <Simulated />}
      </span>
    </a>
  );
}

const tellOne = (incident: IncidentView): string =>
  ui.value.majorOne(
    `${numberOf(incident.store)} ${incident.storeTitle}`,
    lower(causeOf(incident)),
    writeTime(incident.since),
  );

function tellMany(incidents: readonly IncidentView[]): string {
  const first = incidents[0] as IncidentView;
  const stores = new Set(incidents.map((incident) => incident.store)).size;
  const alike = first.fold.code === 'fold.alone' ? first.cause.reason : { code: 'store.silent' as const };
  return ui.value.majorMany(
    format.value.number(stores),
    first.region === '' ? ui.value.noRegion : first.region,
    lower(say(locale.value, alike)),
    writeTime(Math.min(...incidents.map((incident) => incident.since))),
  );
}

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase() + text.slice(1);
