import { useComputed } from '@preact/signals';
import type { Store } from '../../../protocol/inventory.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { ReasonCode } from '../../../protocol/reasons.ts';
import type { DeviceState, DeviceView, IncidentView, StoreTile } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { apiPath } from '../api.ts';
import { chainOf, deviceHref, numberOf, partsOf } from '../keys.ts';
import { TopologyCard } from '../network/topology-card.tsx';
import { AlertsTable } from '../parts/alerts-table.tsx';
import { Kind, Simulated, StateBadge } from '../parts/badges.tsx';
import { ConditionBadge } from '../parts/condition.tsx';
import { IncidentRow, lowerFirst } from '../parts/incident-row.tsx';
import { OpeningHours } from '../parts/opening-hours.tsx';
import { Card, PageHead } from '../parts/page-head.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { CalendarLink } from '../parts/planned.tsx';
import { Since } from '../parts/since.tsx';
import { Standing } from '../parts/standing.tsx';
import { StoreLinks } from '../parts/store-links.tsx';
import { entitle, type Titles, titlesOf } from '../parts/titles.ts';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { groupAlerts } from '../state/group-alerts.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { phone } from '../state/screen.ts';
import { chains, incidents, places, tileOf } from '../state/wall.ts';
import { format, shared, ui } from '../words/index.ts';
import { Skeleton } from './skeleton.tsx';

interface StoreAnswer {
  tile: StoreTile;
  definition: Store;
  devices: DeviceView[];
}

/** Reasons that only repeat the state beside them. */
const SAID_BY_STATE: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['store.up', 'store.silent', 'store.closed']);

/** Everything about one store. */
export function StorePage({ store }: { store: StoreKey }) {
  const moved = useComputed(() => {
    places.value;
    return [tileOf(store)?.value, incidents.value, tick.value];
  });
  const { data, error, reload } = useResource<StoreAnswer>(() => apiPath('stores', ...partsOf(store)), moved);
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const words = ui.value;
  // The stream is ahead of what was read.
  const tile = tileOf(store)?.value ?? data.tile;
  const titles = titlesOf(data.devices);
  const ofDevices = data.devices.flatMap((device) => device.alerts).filter((alert) => alert.state !== 'resolved');
  const alerts = [...groupAlerts(incidents.value.values(), store), ...ofDevices];
  return (
    <div class="page" data-testid="store-page" data-store={store} data-state={tile.state}>
      <PageHead
        trail={[{ href: '/', label: words.wall }]}
        title={
          <>
            {numberOf(store)} <span class="title-name">{tile.title}</span>
          </>
        }
      >
        <p class="page-state" data-state={tile.state}>
          <StateBadge state={tile.state} of="store" />
          {tile.conditions?.map((condition) => (
            <ConditionBadge key={condition} condition={condition} />
          ))}
          {!SAID_BY_STATE.has(tile.reason.code) && <span>{say(locale.value, entitle(tile.reason, titles))}</span>}
          {tile.state === 'maintenance' && <CalendarLink of={tile.reason} />}
          <Since at={tile.since} long />
          {tile.incident?.ticket !== undefined && (
            <a class="text-link" href={`/incidents/${tile.incident.number}`}>
              {tile.incident.ticket}
            </a>
          )}
          {tile.simulated && <Simulated />}
        </p>
      </PageHead>
      <div class="columns">
        <div class="column">
          <Lanes tile={tile} devices={data.devices} />
          <Card title={`${words.availability}, ${lowerFirst(words.standingOver(3))}`}>
            <Standing store={store} />
          </Card>
          <Card title={words.devices}>
            <Devices devices={data.devices} titles={titles} />
          </Card>
          <TopologyCard store={store} devices={data.devices} />
          <Card title={words.alerts}>
            {alerts.length === 0 ? (
              <p class="quiet">{words.noAlerts}</p>
            ) : (
              <AlertsTable alerts={alerts} titles={titles} />
            )}
          </Card>
        </div>
        <div class="column side">
          <Card title={words.incidents}>
            <StoreIncidents store={store} />
          </Card>
          <Card title={words.hours}>
            <OpeningHours store={data.definition} />
          </Card>
          <Card title={words.attributes}>
            <Attributes store={data.definition} chain={chainOf(store)} />
          </Card>
          <StoreLinks store={store} />
        </div>
      </div>
    </div>
  );
}

function Lanes({ tile, devices }: { tile: StoreTile; devices: readonly DeviceView[] }) {
  const words = ui.value;
  const { number } = format.value;
  const lanes = devices.filter((device) => device.lane !== undefined).sort((a, b) => (a.lane ?? 0) - (b.lane ?? 0));
  // Of a lane that is not heard, nobody knows whether it sells.
  const blind = lanes.filter(({ state }) => state === 'blind').length;
  const selling = words.lanesOf(tile.lanesUp, number(tile.lanesUp), number(tile.lanesTotal));
  const unheard = say(locale.value, { code: 'store.lanes-blind', params: { blind, total: lanes.length } });
  return (
    <Card title={words.lanes}>
      {lanes.length === 0 ? (
        <p class="quiet">{words.noLanes}</p>
      ) : (
        <>
          <p class="quiet">
            {blind === lanes.length ? unheard : blind > 0 ? `${selling}, ${lowerFirst(unheard)}` : selling}
          </p>
          <div class="lanes">
            {lanes.map((device) => (
              <a
                key={device.key}
                class="lane"
                href={deviceHref(device.key)}
                data-state={device.state}
                aria-label={`${words.lane(device.lane ?? 0)}, ${shared.value.deviceStates[device.state]}`}
                title={`${device.title}\n${shared.value.deviceStates[device.state]}`}
              >
                <i class="pip" data-state={device.state} />
                <span>{device.lane}</span>
              </a>
            ))}
          </div>
          {lanes.some(({ state }) => state !== 'up') && (
            <ul class="lane-legend" aria-hidden="true">
              {[...new Set(lanes.map(({ state }) => state))].map((state) => (
                <li key={state}>
                  <i class="pip" data-state={state} /> {shared.value.deviceStates[state]}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

const WORST: readonly DeviceState[] = ['down', 'blind', 'degraded', 'maintenance', 'up', 'closed'];

/** A device that lost its own connection goes before those that fell silent with it. */
const isEcho = ({ reason }: DeviceView): number => Number(reason.code === 'presence.watcher-lost');

/** The devices of a store as a table, the worst first. */
export function Devices({ devices, titles }: { devices: readonly DeviceView[]; titles: Titles }) {
  const words = ui.value;
  if (devices.length === 0) return <p class="quiet">{words.noDevices}</p>;
  const sorted = [...devices].sort(
    (a, b) =>
      WORST.indexOf(a.state) - WORST.indexOf(b.state) || isEcho(a) - isEcho(b) || (a.lane ?? 1000) - (b.lane ?? 1000),
  );
  return (
    <table class="table" data-testid="devices">
      <thead>
        <tr>
          <th>{words.device}</th>
          <th>{words.state}</th>
          <th>{words.reason}</th>
          <th class="figures">{words.since}</th>
          <th class="figures">{words.lastReport}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((device) => (
          <tr key={device.key} data-device={device.key} data-state={device.state}>
            <td data-label={words.device}>
              <a class="device-link" href={deviceHref(device.key)}>
                {device.title}
              </a>
              <Kind device={device} />
            </td>
            <td data-label={words.state}>
              <StateBadge state={device.state} of="device" />
            </td>
            <td data-label={words.reason} class="reason">
              {device.state === 'up' ? '' : say(locale.value, entitle(device.reason, titles))}
            </td>
            <td class="figures quiet-when-up">
              <Since at={device.since} long={phone.value} />
            </td>
            <td class="figures" data-label={words.lastReport}>
              {device.lastReportAt === undefined ? words.never : <Since at={device.lastReportAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StoreIncidents({ store }: { store: StoreKey }) {
  const query = new URLSearchParams({ store, limit: '8' });
  const path = `${apiPath('incidents')}?${query}`;
  const { data, error, reload } = useResource<{ incidents: IncidentView[] }>(() => path, incidents);
  if (data === undefined)
    return error === undefined ? <i class="bone line" /> : <Trouble error={error} retry={reload} />;
  if (data.incidents.length === 0) return <p class="quiet">{ui.value.noStoreIncidents}</p>;
  return (
    <div class="incident-list">
      {data.incidents.map((incident) => (
        <IncidentRow key={incident.number} incident={incidents.value.get(incident.number) ?? incident} />
      ))}
    </div>
  );
}

function Attributes({ store, chain }: { store: Store; chain: string }) {
  const words = ui.value;
  const pairs: [string, string][] = [
    [words.chain, chains.value.find(({ name }) => name === chain)?.title ?? chain],
    ...(store.region === undefined ? [] : ([[words.region, store.region]] as [string, string][])),
    ...Object.entries(store.attributes ?? {}).map(([name, value]): [string, string] => [
      words.attributeNames[name] ?? name,
      value,
    ]),
  ];
  return <Pairs rows={pairs} />;
}
