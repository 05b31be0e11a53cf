import { useComputed } from '@preact/signals';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { DeviceView } from '../../../protocol/views.ts';
import type { StoreBranch } from '../../ports.ts';
import { apiPath } from '../api.ts';
import { deviceHref, partsOf } from '../keys.ts';
import { Kind, StateBadge } from '../parts/badges.tsx';
import { Card } from '../parts/page-head.tsx';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { networkWords } from '../words/network.ts';
import { type Twig, treesOf } from './branches.ts';

const MINUTE_MS = 60_000;

/** How the devices of a store are connected; nothing where nobody tells. */
export function TopologyCard({ store, devices }: { store: StoreKey; devices: readonly DeviceView[] }) {
  const words = networkWords.value;
  const { data } = useResource<{ branches: StoreBranch[] }>(
    () => apiPath('stores', ...partsOf(store), 'topology'),
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  if (data === undefined || data.branches.length === 0) return null;
  const views = new Map(devices.map((device) => [device.key, device]));
  return (
    <Card title={words.topology}>
      <p class="quiet">{words.topologyLead}</p>
      <Twigs twigs={treesOf(data.branches)} store={store} views={views} />
    </Card>
  );
}

function Twigs({
  twigs,
  store,
  views,
}: {
  twigs: readonly Twig[];
  store: StoreKey;
  views: ReadonlyMap<DeviceKey, DeviceView>;
}) {
  return (
    <ul class="tree">
      {twigs.map(({ device, branch, children }) => {
        const view = views.get(`${store}/${device}`);
        return (
          <li key={device} data-device={device} data-evidence={branch?.evidence}>
            <p class="tree-row">
              <a class="device-link" href={deviceHref(`${store}/${device}`)}>
                {view?.title ?? device}
              </a>
              {view !== undefined && <Kind device={view} />}
              {view !== undefined && <StateBadge state={view.state} of="device" />}
              {branch !== undefined && <Where branch={branch} />}
            </p>
            {children.length > 0 && <Twigs twigs={children} store={store} views={views} />}
          </li>
        );
      })}
    </ul>
  );
}

function Where({ branch: { port, evidence, basis } }: { branch: StoreBranch }) {
  const words = networkWords.value;
  const known = words.evidences[evidence];
  return (
    <span class="quiet" title={`${known}\n${basis.device} ${basis.path}`}>
      {port === undefined ? known : `${words.port(port)}, ${known}`}
    </span>
  );
}
