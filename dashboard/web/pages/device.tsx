import { signal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Store } from '../../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { DeviceView, Reading, StoreTile } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { ActionsCard } from '../actions/actions-card.tsx';
import { CertificateCard } from '../agents/certificate-card.tsx';
import { ConfigCard } from '../agents/config-card.tsx';
import { apiPath } from '../api.ts';
import { BooksCard, FactHistoryCard, FactsCard, useFacts } from '../assets/device-facts.tsx';
import { ChartCard, type Range } from '../charts/chart-card.tsx';
import { planCharts } from '../charts/plan.ts';
import { numberOf, partsOf, storeHref } from '../keys.ts';
import { EventsCard } from '../network/events-card.tsx';
import { AlertsTable } from '../parts/alerts-table.tsx';
import { Kind, Simulated, StateBadge } from '../parts/badges.tsx';
import { Segments } from '../parts/menu.tsx';
import { Card, PageHead } from '../parts/page-head.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { CalendarLink } from '../parts/planned.tsx';
import { Readings } from '../parts/readings.tsx';
import { Since } from '../parts/since.tsx';
import { entitle, type Titles, titlesOf } from '../parts/titles.ts';
import { Trouble } from '../parts/trouble.tsx';
import { RulesCard } from '../rules/rules-card.tsx';
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
  const { data, error, reload } = useLiveDevice(device);
  const around = useResource<{ definition: Store; devices: DeviceView[] }>(
    () => apiPath('stores', ...partsOf(store)),
    places,
  ).data;
  const facts = useFacts(device);
  const definition = around?.definition;
  const titles = titlesOf(around?.devices ?? []);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;

  const words = ui.value;
  const { view } = data;
  const tile = tileOf(store)?.value;
  return (
    <div class="page" data-testid="device-page" data-device={device} data-state={view.state}>
      <PageHead trail={trailTo(store, tile)} title={<DeviceTitle view={view} />}>
        <p class="page-state" data-state={view.state}>
          <StateBadge state={view.state} of="device" />
          {view.state !== 'up' && <span>{say(locale.value, entitle(view.reason, titles))}</span>}
          {view.state === 'maintenance' && <CalendarLink of={view.reason} />}
          <Since at={view.since} long />
          {tile?.simulated && <Simulated />}
        </p>
      </PageHead>
      {view.alerts.length > 0 && (
        <Card title={words.alerts}>
          <AlertsTable alerts={view.alerts} titles={titles} withDevice={false} />
        </Card>
      )}
      <ActionsCard device={device} title={view.title} />
      <HistoryCard view={view} store={definition} title={words.history} />
      <div class="columns">
        <div class="column">
          <Card title={words.readings}>
            <Readings readings={readings.value} />
          </Card>
          <EventsCard device={device} isWatched={view.gateway !== undefined} />
          <FactsCard answer={facts} />
          <FactHistoryCard device={device} />
          <RulesCard device={device} />
        </div>
        <div class="column side">
          <Card title={words.host}>
            <Host answer={data} titles={titles} />
          </Card>
          <BooksCard answer={facts} />
          <ConfigCard device={device} />
          <CertificateCard device={device} />
        </div>
      </div>
    </div>
  );
}

/** What is known of a device, kept up to date, and its readings as they come: see `readings`. */
export function useLiveDevice(device: DeviceKey) {
  const moved = useComputed(() => {
    places.value;
    return [tileOf(device.slice(0, device.lastIndexOf('/')) as StoreKey)?.value, tick.value];
  });
  const answer = useResource<DeviceAnswer>(() => apiPath('devices', ...partsOf(device)), moved);
  const { data } = answer;
  const known = data !== undefined;
  useEffect(() => {
    if (!known) return;
    followDevice(device);
    return () => followDevice(undefined);
  }, [known, device]);
  useEffect(() => {
    if (data !== undefined) takeReadings(device, data.readings);
  }, [data]);
  return answer;
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

/** The device's readings over time, for the chosen range. */
export function HistoryCard({
  view,
  store,
  title,
}: {
  view: DeviceView;
  store: Store | undefined;
  title: ComponentChildren;
}) {
  const words = ui.value;
  const plans = planCharts(readings.value.values());
  return (
    <section class="card">
      <header class="card-head">
        <h2>{title}</h2>
        <Segments of={range} values={['hour', 'day', 'week']} words={words.ranges} name="range" label={words.history} />
      </header>
      {plans.length === 0 ? (
        <p class="quiet">{words.noReadings}</p>
      ) : (
        <div class="charts">
          {plans.map((plan) => (
            <ChartCard
              key={`${view.key} ${plan.id} ${range.value}`}
              device={view.key}
              plan={plan}
              range={range.value}
              store={store}
              alerts={view.alerts}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function Host({ answer, titles }: { answer: DeviceAnswer; titles: Titles }) {
  const words = ui.value;
  const { key, gateway } = answer.view;
  const rows: [string, string][] = Object.entries(answer.host).map(([name, value]) => [
    words.hostFacts[name] ?? name,
    value,
  ]);
  if (answer.agentVersion !== undefined) rows.push([words.agentVersion, answer.agentVersion]);
  if (gateway !== undefined) {
    const watcher = `${key.slice(0, key.lastIndexOf('/'))}/${gateway}` as DeviceKey;
    rows.push(['', words.watchedBy(titles.get(watcher) ?? gateway)]);
  }
  if (rows.length === 0) return <p class="quiet">{words.noHost}</p>;
  return <Pairs rows={rows} />;
}
