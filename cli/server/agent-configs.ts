import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { faultsOfSettings } from '../../agent/central/check-settings.ts';
import type { CheckEntry } from '../../agent/check-entry.ts';
import { checkName } from '../../agent/load-checks.ts';
import { AgentConfigs, type KnownDevice } from '../../collector/agent-configs/agent-configs.ts';
import { isScope } from '../../collector/agent-configs/scope.ts';
import { standingOf, type Told } from '../../collector/agent-configs/standing.ts';
import type { Devices } from '../../collector/devices.ts';
import type { Broker, Numbered, Settings, StateStore } from '../../collector/ports.ts';
import { createSigner } from '../../collector/signer.ts';
import {
  AgentConfigError,
  type AgentConfigsPort,
  CONFIG_STANDINGS,
  type ConfigStanding,
  type DeviceConfig,
} from '../../dashboard/ports.ts';
import { type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import { withoutSelf } from './self-watch.ts';

export interface AgentConfigRooms {
  state: StateStore;
  devices: Devices;
  broker: Broker;
  isServed: (store: StoreKey) => boolean;
  log: FastifyBaseLogger;
  now: () => number;
}

/** What agents are to run: told to them, and set by people. */
export interface AgentConfiguration {
  port: AgentConfigsPort;
  start(): void;
  close(): Promise<void>;
}

export async function createAgentConfigs(rooms: AgentConfigRooms): Promise<AgentConfiguration> {
  const { state, devices, broker, isServed, log, now } = rooms;
  const store = state.agentConfigs;
  let isTroubled = false;
  const configs = new AgentConfigs({
    store,
    broker,
    chains: () => withoutSelf(devices.chains()),
    isServed,
    // Ours keeps in memory what it was told.
    brokerKeeps: broker.needsReceipts,
    signer: createSigner(await state.secret('signing')),
    nameOf: (entry) => checkName(entry as CheckEntry),
    now,
    pause: (ms) => pause(ms),
    onTrouble(error) {
      if (error && !isTroubled) log.error({ err: error }, 'agents cannot be told what to run; it is tried again');
      isTroubled = error !== undefined;
    },
  });

  /** How every device stands, and what it takes to say so. */
  const look = async () => {
    const [rows, told] = await Promise.all([store.numbered(), store.told()]);
    return {
      rows: new Map(rows.map((row) => [row.device, row])),
      told: new Map<DeviceKey, Told>(told.map((one) => [one.device, one])),
    };
  };
  const find = (key: DeviceKey): KnownDevice | undefined => {
    const device = devices.device(key);
    return device && { key, device };
  };

  const check = async (scope: string, settings: Settings): Promise<number> => {
    if (!isScope(scope))
      throw refusal('scope: must be chain, chain:kind, chain/store, chain/store:kind or chain/store/device');
    const faults = await faultsOfSettings(settings);
    if (faults.length > 0) throw refusal(...faults.map((fault) => `settings.${fault}`));
    const { devices: count, tooLarge } = await configs.weigh(scope, settings);
    if (tooLarge !== undefined)
      throw refusal(`settings: together with the other scopes they are too long for ${tooLarge}`);
    return count;
  };

  const save: AgentConfigsPort['save'] = async ({ scope, settings, basedOn, comment }, by) => {
    const count = await check(scope, settings);
    const saved = await configs.save({ scope, settings, basedOn, comment, by, at: now() });
    if (!saved) return { taken: (await store.history(scope, 1))[0]?.version ?? 0 };
    const detail = `${scope} v${saved.version}${comment === '' ? '' : `: ${comment}`}`;
    await state.audit({ at: now(), who: by, action: 'agent-config.saved', detail });
    return { saved, devices: count };
  };

  return {
    start: () => configs.start(),
    close: () => configs.close(),
    port: {
      async devices({ standing, store: within, after, limit }) {
        const { rows, told } = await look();
        const counts = Object.fromEntries(CONFIG_STANDINGS.map((each) => [each, 0])) as Record<ConfigStanding, number>;
        const found: DeviceConfig[] = [];
        for (const known of configs.known()) {
          if (within !== undefined && storeOf(known.key) !== within) continue;
          // Nothing is wanted of what has no agent of its own.
          if (known.device.gateway !== undefined && !told.has(known.key)) continue;
          const view = viewOf(known, rows.get(known.key), told.get(known.key));
          counts[view.standing]++;
          if (standing === undefined || standing === view.standing) found.push(view);
        }
        found.sort((a, b) => (a.device < b.device ? -1 : 1));
        const from = after === undefined ? 0 : found.findIndex(({ device }) => device > after);
        return { devices: from < 0 ? [] : found.slice(from, from + limit), counts };
      },
      async device(key) {
        const known = find(key);
        if (!known) return undefined;
        const [{ settings, from }, { rows, told }] = await Promise.all([configs.desiredOf(known), look()]);
        return { ...viewOf(known, rows.get(key), told.get(key)), settings, from };
      },
      scopes: () => store.scopes(),
      history: (scope, limit) => store.history(scope, limit),
      weigh: ({ scope, settings }) => check(scope, settings),
      save,
      async revert({ scope, to, basedOn, comment }, by) {
        const earlier = await store.version(scope, to);
        if (!earlier) return { missing: true };
        return save({ scope, settings: earlier.settings, basedOn, comment: comment || `= v${to}` }, by);
      },
      async retry(key, by) {
        const known = find(key);
        const numbered = known && (await configs.retry(known));
        if (!numbered) return false;
        await state.audit({
          at: now(),
          who: by,
          action: 'agent-config.retried',
          detail: `${key} v${numbered.version}`,
        });
        return true;
      },
    },
  };
}

function viewOf({ key, device }: KnownDevice, row: Numbered | undefined, told: Told | undefined): DeviceConfig {
  const { applied, refused } = told?.state ?? {};
  return {
    device: key,
    title: device.title ?? device.name,
    kind: device.kind,
    standing: standingOf(row, told),
    ...(row && {
      desired: { version: row.version, at: row.at, ...(row.publishedAt > 0 && { publishedAt: row.publishedAt }) },
    }),
    ...(applied !== undefined && { applied }),
    ...(refused && { refused }),
  };
}

/** `path: what was expected`, as the agent says it. */
function refusal(...faults: string[]): AgentConfigError {
  return new AgentConfigError(
    faults.map((fault) => {
      const end = fault.indexOf(': ');
      return { path: fault.slice(0, end), message: fault.slice(end + 2) };
    }),
  );
}
