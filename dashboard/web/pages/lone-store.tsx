import { useComputed } from '@preact/signals';
import type { Store } from '../../../protocol/inventory.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { DeviceView } from '../../../protocol/views.ts';
import { apiPath } from '../api.ts';
import { deviceHref, partsOf } from '../keys.ts';
import { Card } from '../parts/page-head.tsx';
import { Readings } from '../parts/readings.tsx';
import { titlesOf } from '../parts/titles.ts';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { readings } from '../state/live.ts';
import { useResource } from '../state/resource.ts';
import { tileOf } from '../state/wall.ts';
import { ui } from '../words/index.ts';
import { HistoryCard, useLiveDevice } from './device.tsx';
import { Skeleton } from './skeleton.tsx';
import { Devices } from './store.tsx';

/** What a wall with one store has room for: its devices, or all that is known of the only one. */
export function LoneStore({ store }: { store: StoreKey }) {
  const moved = useComputed(() => [tileOf(store)?.value, tick.value]);
  const { data, error, reload } = useResource<{ definition: Store; devices: DeviceView[] }>(
    () => apiPath('stores', ...partsOf(store)),
    moved,
  );
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const [only, ...others] = data.devices;
  return (
    <div class="lone-store" data-testid="lone-store">
      {only !== undefined && others.length === 0 ? (
        <LoneDevice view={only} store={data.definition} />
      ) : (
        <Card title={ui.value.devices}>
          <Devices devices={data.devices} titles={titlesOf(data.devices)} />
        </Card>
      )}
    </div>
  );
}

function LoneDevice({ view, store }: { view: DeviceView; store: Store }) {
  useLiveDevice(view.key);
  return (
    <>
      <HistoryCard
        view={view}
        store={store}
        title={
          <a class="device-link" href={deviceHref(view.key)}>
            {view.title}
          </a>
        }
      />
      <Card title={ui.value.readings}>
        <Readings readings={readings.value} />
      </Card>
    </>
  );
}
