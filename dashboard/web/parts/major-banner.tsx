import type { MajorView } from '../../../protocol/majors.ts';
import { say } from '../../../protocol/words/index.ts';
import { majors } from '../state/open-incidents.ts';
import { locale } from '../state/prefs.ts';
import { format, ui } from '../words/index.ts';
import { writeTime } from '../words/times.ts';
import { Simulated } from './badges.tsx';
import { Glyph } from './glyph.tsx';
import { tellStores } from './major-row.tsx';

/** Only while something major lasts: what it is, in how many stores and since when. */
export function MajorBanner() {
  const [widest, ...others] = majors.value;
  if (widest === undefined) return null;
  return (
    <a
      class="banner major-banner"
      href={`/majors/${widest.number}`}
      data-testid="major-banner"
      data-count={widest.storesOpen}
    >
      <Glyph state="down" />
      <span class="unseen">{ui.value.major}</span>
      <span class="banner-text">
        <b>{tell(widest)}</b>
        {others.length > 0 && <span>{ui.value.majorOthers(others.length, format.value.number(others.length))}</span>}
        {widest.simulated && <Simulated />}
      </span>
    </a>
  );
}

const tell = (major: MajorView): string =>
  ui.value.majorTold(say(locale.value, major.title), tellStores(major), writeTime(major.since));
