import { signal, useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Store } from '../../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { DeviceView, Reading, StoreTile } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { apiPath } from '../api.ts';
import { ChartCard, type Range } from '../charts/chart-card.tsx';
import { planCharts } from '../charts/plan.ts';
import { numberOf, partsOf, storeHref } from '../keys.ts';
import { AlertsTable } from '../parts/alerts-table.tsx';
import { Kind, Simulated, StateBadge } from '../parts/badges.tsx';
import { Segments } from '../parts/menu.tsx';
import { Card, PageHead } from '../parts/page-head.tsx';
import { Readings } from '../parts/readings.tsx';
import { Since } from '../parts/since.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { followDevice, readings, takeReadings } from '../state/live.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { places, tileOf } from '../state/wall.ts';
import { ui } from '../words/index.ts';
import { Skeleton } from './skeleton.tsx';

interface DeviceAnswer {
  view: DeviceView;
  host: Record<string, string>;
  agentVersion?: string;
  readings: Reading[];
}

const range = signal<Range>('hour');

/** One device: how it is, what it reads now, and what it read before. */
export function DevicePage({ device, store }: { device: DeviceKey; store: StoreKey }) {
  const moved = useComputed(() => {
    places.value;
    return [tileOf(store)?.value, tick.value];
  });
  const { data, error, reload } = useResource<DeviceAnswer>(() => apiPath('devices', ...partsOf(device)), moved);
  const definition = useResource<{ definition: Store }>(() => apiPath('stores', ...partsOf(store)), places).data
    ?.definition;
  const known = data !== undefined;
  useEffect(() => {
    if (!known) return;
    followDevice(device);
    return () => followDevice(undefined);
  }, [known, device]);
  useEffect(() => {
    if (data !== undefined) takeReadings(device, data.readings);
  }, [data]);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;

  const words = ui.value;
  const { view } = data;
  const tile = tileOf(store)?.value;
  return (
    <div class="page" data-testid="device-page" data-device={device} data-state={view.state}>
      <PageHead trail={trailTo(store, tile)} title={<DeviceTitle view={view} />}>
        <p class="page-state" data-state={view.state}>
          <StateBadge state={view.state} of="device" />
          <span>{say(locale.value, view.reason)}</span>
          <Since at={view.since} long />
          {tile?.simulated && <Simulated />}
        </p>
      </PageHead>
      {view.alerts.length > 0 && (
        <Card title={words.alerts}>
          <AlertsTable alerts={view.alerts} withDevice={false} />
        </Card>
      )}
      <section class="card">
        <header class="card-head">
          <h2>{words.history}</h2>
          <Segments
            of={range}
            values={['hour', 'day', 'week']}
            words={words.ranges}
            name="range"
            label={words.history}
          />
        </header>
        <Charts device={device} store={definition} view={view} />
      </section>
      <div class="columns">
        <div class="column">
          <Card title={words.readings}>
            <Readings readings={readings.value} />
          </Card>
        </div>
        <div class="column side">
          <Card title={words.host}>
            <Host answer={data} />
          </Card>
        </div>
      </div>
    </div>
  );
}

const trailTo = (store: StoreKey, tile: StoreTile | undefined) => [
  { href: '/', label: ui.value.wall },
  { href: storeHref(store), label: `${numberOf(store)} ${tile?.title ?? ''}`.trim() },
];

function DeviceTitle({ view }: { view: DeviceView }) {
  return (
    <>
      {view.title} <Kind device={view} />
    </>
  );
}

function Charts({ device, store, view }: { device: DeviceKey; store: Store | undefined; view: DeviceView }) {
  const plans = planCharts(readings.value.values());
  if (plans.length === 0) return <p class="quiet">{ui.value.noReadings}</p>;
  return (
    <div class="charts">
      {plans.map((plan) => (
        <ChartCard
          key={`${device} ${plan.id} ${range.value}`}
          device={device}
          plan={plan}
          range={range.value}
          store={store}
          alerts={view.alerts}
        />
      ))}
    </div>
  );
}

function Host({ answer }: { answer: DeviceAnswer }) {
  const words = ui.value;
  const rows: [string, string][] = Object.entries(answer.host).map(([name, value]) => [
    words.hostFacts[name] ?? name,
    value,
  ]);
  if (answer.agentVersion !== undefined) rows.push([words.agentVersion, answer.agentVersion]);
  if (answer.view.gateway !== undefined) rows.push(['', words.watchedBy(answer.view.gateway)]);
  if (rows.length === 0) return <p class="quiet">{words.noHost}</p>;
  return (
    <dl class="pairs">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
