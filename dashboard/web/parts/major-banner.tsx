import { say } from '../../../protocol/words/index.ts';
import type { Major } from '../state/major.ts';
import { majors } from '../state/open-incidents.ts';
import { locale } from '../state/prefs.ts';
import { format, ui } from '../words/index.ts';
import { writeTime } from '../words/times.ts';
import { Simulated } from './badges.tsx';
import { Glyph } from './glyph.tsx';
import { lowerFirst } from './incident-row.tsx';

/** Only while something major lasts: how many stores, where, why and since when. */
export function MajorBanner() {
  const [widest, ...others] = majors.value;
  if (widest === undefined) return null;
  return (
    <a class="banner major-banner" href="/incidents" data-testid="major-banner" data-count={widest.stores}>
      <Glyph state="down" />
      <span class="unseen">{ui.value.major}</span>
      <span class="banner-text">
        <b>{tell(widest)}</b>
        {others.length > 0 && <span>{ui.value.majorOthers(others.length, format.value.number(others.length))}</span>}
        {widest.incidents.some((incident) => incident.simulated) && <Simulated />}
      </span>
    </a>
  );
}

/** Regions named one by one; more of them are counted. */
const REGIONS_NAMED = 3;

function tell({ incidents: [first], stores, regions, since }: Major): string {
  const words = ui.value;
  const { number } = format.value;
  const where = regions.length > REGIONS_NAMED ? words.regionsCounted(number(regions.length)) : regions.join(', ');
  if (first === undefined || first.fold.code !== 'fold.alone') {
    return words.majorSilent(number(stores), where, writeTime(since));
  }
  return words.majorTold(number(stores), where, lowerFirst(say(locale.value, first.cause.reason)), writeTime(since));
}
