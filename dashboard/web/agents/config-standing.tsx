import type { DeviceState } from '../../../protocol/views.ts';
import { Mark } from '../parts/mark.tsx';
import { agentWords } from '../words/agents.ts';
import { configWords } from '../words/config.ts';
import type { ConfigRow, ConfigStanding as Standing } from './types.ts';

const MARKS: Record<Standing, DeviceState> = {
  none: 'up',
  applied: 'up',
  behind: 'degraded',
  refused: 'down',
  deaf: 'blind',
  unheard: 'blind',
};

/** How a device stands to what it is to run: the word, the versions, and why it refused. */
export function ConfigStanding({ config }: { config: ConfigRow }) {
  const { standing, desired, applied, refused } = config;
  const words = configWords.value;
  const wanted = desired === undefined ? undefined : words.version(desired.version);
  const versions =
    standing === 'behind' && wanted !== undefined
      ? words.insteadOf(applied === undefined ? '?' : words.runs(applied), wanted)
      : standing === 'applied' || standing === 'refused'
        ? wanted
        : undefined;
  return (
    <span class="standing-of-config">
      <Mark as={MARKS[standing]}>{agentWords.value.standings[standing]}</Mark>
      {versions !== undefined && <span class="quiet"> {versions}</span>}
      {standing === 'refused' && refused !== undefined && (
        <span class="why" title={refused.text}>
          {words.refusals[refused.reason]}
        </span>
      )}
    </span>
  );
}
