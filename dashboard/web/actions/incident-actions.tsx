import type { DeviceKey } from '../../../protocol/names.ts';
import type { TimelineEntry } from '../../../protocol/views.ts';
import { deviceHref } from '../keys.ts';
import { Mark } from '../parts/mark.tsx';
import { Card } from '../parts/page-head.tsx';
import { Since } from '../parts/since.tsx';
import type { Titles } from '../parts/titles.ts';
import { actionWords } from '../words/actions.ts';
import { shared } from '../words/index.ts';
import { askedIn } from './asked.ts';
import { COMMAND_MARKS } from './commands.tsx';
import { Output } from './output.tsx';

/** What was done by command about an incident. */
export function IncidentActions({ timeline, titles }: { timeline: readonly TimelineEntry[]; titles: Titles }) {
  const words = actionWords.value;
  const all = askedIn(timeline);
  if (all.length === 0) return null;
  return (
    <Card title={words.forThis}>
      <ol class="commands" data-testid="incident-actions">
        {all.toReversed().map(({ id, at, action, device, by, why, outcome }) => {
          const state = outcome?.state ?? 'sent';
          const text = (name: string): string | undefined =>
            outcome?.params[name] === undefined || outcome.params[name] === ''
              ? undefined
              : String(outcome.params[name]);
          return (
            <li key={id} data-state={state}>
              <p class="command-head">
                <b>{action}</b>
                <a class="text-link" href={deviceHref(device as DeviceKey)}>
                  {titles.get(device as DeviceKey) ?? device.slice(device.lastIndexOf('/') + 1)}
                </a>
                <Mark as={COMMAND_MARKS[state]}>{shared.value.commandStates[state]}</Mark>
                <Since at={at} />
              </p>
              {by !== undefined && <p class="quiet">{words.byFor(by, why ?? '')}</p>}
              {state !== 'done' && text('error') !== undefined && <p class="command-fault">{text('error')}</p>}
              <Output before={text('before')} after={text('after')} output={text('output')} isOpen />
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
