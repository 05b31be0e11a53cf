import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { EffectiveConfig } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { partsOf } from '../keys.ts';
import { nameStore } from '../parts/store-choice.tsx';
import { toast } from '../parts/toast.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { isOperator, may, person, signInAsked } from '../state/session.ts';
import { chains } from '../state/wall.ts';
import { agentWords } from '../words/agents.ts';
import { configWords } from '../words/config.ts';
import { shared, ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { ConfigStanding } from './config-standing.tsx';
import { type Effective, effectiveOf } from './effective.ts';
import type { ConfigRow } from './types.ts';

/** What a device is to run, what it runs, why it refused, and, to operators, who said each value. */
export function ConfigCard({ device }: { device: DeviceKey }) {
  const store = device.slice(0, device.lastIndexOf('/'));
  const { data, reload } = useResource<{ devices: ConfigRow[] }>(
    () => `${apiPath('agent-configs', 'devices')}?${new URLSearchParams({ store })}`,
    useComputed(() => tick.value),
  );
  const config = data?.devices.find((row) => row.device === device);
  const words = configWords.value;
  // What has no agent of its own is to run nothing.
  if (config === undefined) return null;
  const { standing, desired, applied, refused } = config;
  const retry = (): Promise<void> =>
    act(
      () => request('POST', `${effectivePath(device)}/retry`),
      () => {
        toast(words.retried);
        reload();
      },
    );
  return (
    <section class="card" data-testid="config" data-standing={standing}>
      <header class="card-head">
        <h2>{agentWords.value.config}</h2>
        {standing === 'refused' && may('admin') && (
          <button type="button" class="button" data-testid="retry-config" onClick={() => void retry()}>
            {words.retry}
          </button>
        )}
      </header>
      <p>
        <ConfigStanding config={config} />
      </p>
      {refused?.text !== undefined && <p class="command-fault">{refused.text}</p>}
      <dl class="pairs">
        {desired !== undefined && (
          <Pair name={words.desired}>
            {words.version(desired.version)} <span class="quiet">{words.since(writeDate(desired.at))}</span>
          </Pair>
        )}
        <Pair name={words.applied}>
          {applied === undefined ? (
            <span class="quiet">{words.unknown}</span>
          ) : applied === 0 ? (
            words.ownFile
          ) : (
            words.version(applied)
          )}
        </Pair>
        {refused?.version !== undefined && <Pair name={words.refused}>{words.version(refused.version)}</Pair>}
      </dl>
      <h3>{words.settings}</h3>
      {isOperator() ? <SettingsOf device={device} /> : <Withheld />}
    </section>
  );
}

const effectivePath = (device: DeviceKey): string => apiPath('agent-configs', 'devices', ...partsOf(device));

function SettingsOf({ device }: { device: DeviceKey }) {
  const { data, error, reload } = useResource<EffectiveConfig>(
    () => effectivePath(device),
    useComputed(() => tick.value),
  );
  if (data === undefined)
    return error === undefined ? <i class="bone line" /> : <Trouble error={error} retry={reload} />;
  const rows = effectiveOf(data);
  return rows.length === 0 ? <p class="quiet">{configWords.value.noSettings}</p> : <Settings rows={rows} />;
}

const Pair = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Settings may hold what not everyone who looks at the wall should read. */
function Withheld() {
  return (
    <p class="quiet">
      {configWords.value.signInForSettings}{' '}
      {person.value === undefined && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            signInAsked.value = {};
          }}
        >
          {ui.value.signIn}
        </button>
      )}
    </p>
  );
}

function Settings({ rows }: { rows: readonly Effective[] }) {
  const words = configWords.value;
  return (
    <dl class="settings-list">
      {rows.map(({ id, group, name, value, scope, version }) => (
        <div key={id} data-setting={id}>
          <dt>{group === undefined ? (words.keys[name] ?? name) : words[group](name)}</dt>
          <dd>
            {group === 'removeChecks' ? words.taken : <code>{value}</code>}
            <small class="source">
              {nameScope(scope)}, {words.version(version)}
            </small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `acme/s001:till` as people say it. */
function nameScope(scope: string): string {
  const { scopes } = configWords.value;
  const [place = '', kind] = scope.split(':');
  const parts = place.split('/');
  const kindWord = kind === undefined ? undefined : (shared.value.deviceKinds[kind as DeviceKind] ?? kind);
  if (parts.length === 3) return scopes.device;
  if (parts.length === 2) {
    const store = nameStore(place as `${string}/${string}`);
    return kindWord === undefined ? scopes.store(store) : scopes.kindInStore(kindWord, store);
  }
  const chain = chains.value.find(({ name }) => name === place)?.title ?? place;
  return kindWord === undefined ? scopes.chain(chain) : scopes.kindInChain(kindWord, chain);
}
