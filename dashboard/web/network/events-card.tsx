import { useComputed, useSignal } from '@preact/signals';
import type { DeviceEvent } from '../../../protocol/events.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { DeviceState } from '../../../protocol/views.ts';
import { apiPath } from '../api.ts';
import { partsOf } from '../keys.ts';
import { Mark } from '../parts/mark.tsx';
import { Card } from '../parts/page-head.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { Since } from '../parts/since.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { eventsTold } from '../state/live.ts';
import { useResource } from '../state/resource.ts';
import { format } from '../words/index.ts';
import { networkWords } from '../words/network.ts';

const MARKS: Record<DeviceEvent['severity'], DeviceState> = {
  info: 'up',
  clears: 'up',
  warning: 'degraded',
  critical: 'down',
};

const AT_FIRST = 10;
const ALL = 500;
const MINUTE_MS = 60_000;

/** What a device told by itself, newest first; nothing where nothing can be expected. */
export function EventsCard({ device, isWatched }: { device: DeviceKey; isWatched: boolean }) {
  const words = networkWords.value;
  const limit = useSignal(AT_FIRST);
  const moved = useComputed(() => [eventsTold.value, limit.value, Math.floor(tick.value / MINUTE_MS)]);
  const { data, error, reload } = useResource<{ events: DeviceEvent[]; next?: string }>(
    () => `${apiPath('devices', ...partsOf(device), 'events')}?limit=${limit.peek()}`,
    moved,
  );
  if (data === undefined) {
    return error === undefined || error.status === 404 ? null : (
      <Card title={words.events}>
        <Trouble error={error} retry={reload} />
      </Card>
    );
  }
  if (data.events.length === 0 && !isWatched) return null;
  return (
    <section class="card" data-testid="events">
      <h2>{words.events}</h2>
      {data.events.length === 0 && <p class="quiet">{words.noEvents}</p>}
      <ol class="commands">
        {data.events.map((event, i) => (
          <Event key={`${event.at}${event.code}${event.key}${i}`} event={event} />
        ))}
      </ol>
      {data.next !== undefined && limit.value < ALL && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            limit.value = ALL;
          }}
        >
          {words.allEvents}
        </button>
      )}
    </section>
  );
}

function Event({ event: { at, source, code, severity, key, text, values = {}, count } }: { event: DeviceEvent }) {
  const words = networkWords.value;
  return (
    <li data-severity={severity}>
      <p class="command-head">
        <Mark as={MARKS[severity]}>{words.severities[severity]}</Mark>
        {key !== undefined && <code class="event-text">{key}</code>}
        {count !== undefined && <span class="quiet">{words.times(format.value.number(count))}</span>}
        <Since at={at} />
      </p>
      <p class="event-text">{text}</p>
      <details class="event-values">
        <summary>{words.values}</summary>
        <Pairs rows={[[words.sources[source], code], ...Object.entries(values)]} />
      </details>
    </li>
  );
}
