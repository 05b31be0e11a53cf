import type { TimelineEntry } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { locale } from '../state/prefs.ts';
import { ui } from '../words/index.ts';
import { writeDate, writeSeconds } from '../words/times.ts';
import { entitle, type Titles } from './titles.ts';

/** What befell an incident, day by day. */
export function Timeline({ entries, titles }: { entries: readonly TimelineEntry[]; titles: Titles }) {
  if (entries.length === 0) return <p class="quiet">{ui.value.noTimeline}</p>;
  const days = Map.groupBy(entries, ({ at }) => new Date(at).toDateString());
  return (
    <ol class="timeline" data-testid="timeline">
      {[...days.values()].flatMap((day) =>
        day.map(({ at, reason }, i) => (
          <li key={`${at}${i}`} data-code={reason.code}>
            <time dateTime={new Date(at).toISOString()} title={writeDate(at)}>
              {i === 0 && days.size > 1 ? writeDate(at) : writeSeconds(at)}
            </time>
            <span>{say(locale.value, entitle(reason, titles))}</span>
          </li>
        )),
      )}
    </ol>
  );
}
