import type { Devices } from '../../collector/devices.ts';
import { type Found, foundIn, identityOf, kindOf, proposedName } from '../../collector/discovery/found.ts';
import type { StateStore } from '../../collector/ports.ts';
import { identitiesOf } from '../../collector/topology/identities.ts';
import type { AgentConfigsPort, DiscoveryPort, FoundEntry, GoneEntry } from '../../dashboard/ports.ts';
import type { Device, Store } from '../../protocol/inventory.ts';
import { type DeviceKey, nameOf, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { DeviceView } from '../../protocol/views.ts';
import type { Assets } from './assets.ts';

export interface DiscoveryRooms {
  state: Pick<StateStore, 'discovery' | 'audit' | 'birthOf'>;
  devices: Pick<Devices, 'store' | 'device'>;
  assets: Pick<Assets, 'toldWith' | 'toldIn'>;
  agentConfigs: Pick<AgentConfigsPort, 'device' | 'history' | 'save'>;
  devicesIn: (store: StoreKey) => readonly DeviceView[];
  addDevice: (key: DeviceKey, device: Device, by: string) => Promise<void>;
  now: () => number;
}

/** A machine that was found, with the agent that found it. */
interface Sighting {
  agent: DeviceKey;
  at: number;
  found: Found;
}

/** A device as the centre tells an agent to ask it. */
interface Entry {
  name: string;
  host: string;
  credential: string;
}

/** Somebody may change an agent's settings while ours are put to them: so often it is tried. */
const TRIES = 3;

/** What agents found on the networks of their stores: proposed, accepted, dismissed. */
export function createDiscovery(rooms: DiscoveryRooms): DiscoveryPort {
  const { state, devices, assets, agentConfigs, now } = rooms;
  const audit = (who: string, action: string, detail: string) => state.audit({ at: now(), who, action, detail });

  /** What the centre tells an agent to ask. */
  const entriesOf = async (agent: DeviceKey): Promise<Entry[]> => {
    const { snmpDevices } = (await agentConfigs.device(agent))?.settings ?? {};
    return Array.isArray(snmpDevices) ? snmpDevices : [];
  };

  /** Machines the inventory does not have, each address of a store once: as the newest sweep has it. */
  async function strangersIn(key: StoreKey, store: Store, sightings: readonly Sighting[]): Promise<Sighting[]> {
    const who = identitiesOf(store.devices, await assets.toldIn(key));
    const names = new Set(store.devices.map(({ name }) => name));
    const hosts = new Set<string>();
    for (const agent of new Set(sightings.map((sighting) => sighting.agent))) {
      for (const { name, host } of await entriesOf(agent)) if (names.has(name)) hosts.add(host);
    }
    const isKnown = ({ address, device, mac }: Found) =>
      (device !== undefined && names.has(device)) ||
      hosts.has(address) ||
      (mac !== undefined && who.byMac(mac) !== undefined) ||
      who.byAddress(address) !== undefined;
    const byAddress = new Map<string, Sighting>();
    for (const sighting of sightings.toSorted((a, b) => a.at - b.at || (a.agent < b.agent ? 1 : -1))) {
      byAddress.set(sighting.found.address, sighting);
    }
    return [...byAddress.values()].filter(({ found }) => !isKnown(found));
  }

  async function sightingsByStore(only: StoreKey | undefined): Promise<Map<StoreKey, Sighting[]>> {
    const all = (await assets.toldWith('found')).flatMap(([agent, { at, facts }]) =>
      // What left the inventory says nothing any more.
      devices.device(agent) === undefined ? [] : foundIn(facts).map((found): Sighting => ({ agent, at, found })),
    );
    const byStore = Map.groupBy(all, ({ agent }) => storeOf(agent));
    if (only === undefined) return byStore;
    return new Map([...byStore].filter(([store]) => store === only));
  }

  /** What its agent watches and finds no more, and that does not answer. */
  async function goneFrom(key: StoreKey, store: Store, sightings: readonly Sighting[]): Promise<GoneEntry[]> {
    const agents = new Set(sightings.map(({ agent }) => nameOf(agent)));
    const found = new Set(sightings.map((sighting) => sighting.found.device));
    const gone: GoneEntry[] = [];
    for (const { key: device, title, kind, gateway, state: shown, since } of rooms.devicesIn(key)) {
      if (gateway === undefined || !agents.has(gateway) || found.has(nameOf(device))) continue;
      if (shown !== 'down' && shown !== 'blind') continue;
      // One with an agent of its own is only carried.
      if ((await state.birthOf(device)) !== undefined) continue;
      const agent: DeviceKey = `${key}/${gateway}`;
      gone.push({ store: key, storeTitle: store.title, agent, device, title, kind, state: shown, since });
    }
    return gone;
  }

  /** In the inventory already, by an acceptance of which its agent could not be told. */
  async function waitsToBeTold(device: DeviceKey, agent: DeviceKey): Promise<boolean> {
    if (devices.device(device)?.gateway !== nameOf(agent)) return false;
    const view = rooms.devicesIn(storeOf(device)).find(({ key }) => key === device);
    const isUnheard = view === undefined || view.reason.code === 'presence.unseen';
    return isUnheard && !(await entriesOf(agent)).some(({ name }) => name === nameOf(device));
  }

  async function strangerAt(key: StoreKey, address: string): Promise<Sighting | undefined> {
    const store = devices.store(key);
    if (!store) return undefined;
    const sightings = (await sightingsByStore(key)).get(key) ?? [];
    return (await strangersIn(key, store, sightings)).find(({ found }) => found.address === address);
  }

  /** Adds an entry to what the agent alone is told; undefined when others keep changing it. */
  async function tell(agent: DeviceKey, entry: Entry, by: string): Promise<true | undefined> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const [own] = await agentConfigs.history(agent, 1);
      const snmpDevices = [...(await entriesOf(agent)).filter(({ name }) => name !== entry.name), entry];
      const settings = { ...own?.settings, snmpDevices };
      const change = { scope: agent, settings, basedOn: own?.version ?? 0, comment: `+ ${entry.name} (${entry.host})` };
      if ('saved' in (await agentConfigs.save(change, by))) return true;
    }
    return undefined;
  }

  return {
    async list(only) {
      const dismissals = new Map(
        (await state.discovery.dismissals()).map((one) => [`${one.store} ${one.address}`, one] as const),
      );
      const found: FoundEntry[] = [];
      const gone: GoneEntry[] = [];
      for (const [key, sightings] of await sightingsByStore(only)) {
        const store = devices.store(key);
        if (!store) continue;
        gone.push(...(await goneFrom(key, store, sightings)));
        const taken = new Set(store.devices.map(({ name }) => name));
        for (const { agent, at, found: one } of await strangersIn(key, store, sightings)) {
          const { kind: _, credential, device, ...said } = one;
          const dismissal = dismissals.get(`${key} ${one.address}`);
          const proposed = proposedName(one, taken);
          taken.add(proposed);
          found.push({
            store: key,
            storeTitle: store.title,
            agent,
            at,
            ...said,
            kind: kindOf(one),
            isAcceptable: credential !== undefined || device !== undefined,
            proposed,
            ...(dismissal?.identity === identityOf(one) && {
              dismissed: { who: dismissal.who, why: dismissal.why, at: dismissal.at },
            }),
          });
        }
      }
      return { found, gone };
    },

    async accept({ store: key, address }, { name, kind, title }, by) {
      const stranger = await strangerAt(key, address);
      if (!stranger) return { refused: 'no-such' };
      const { agent, found } = stranger;
      const device: DeviceKey = `${key}/${name}`;
      const isAdded = devices.device(device) !== undefined;
      if (isAdded && !(await waitsToBeTold(device, agent))) return { refused: 'name-taken' };
      const definition = { name, kind, gateway: nameOf(agent), ...(title !== undefined && { title }) };
      // The inventory first: what is said of a device it does not have is set aside.
      const add = async () => {
        if (!isAdded) await rooms.addDevice(device, definition, by);
      };
      // Its own file has it already: it only waits for the inventory.
      if (found.device === name) await add();
      else {
        const { credential } = found;
        if (credential === undefined) return { refused: 'no-credential' };
        const entry = { name, host: address, credential };
        if (await ownsItsList(agent)) {
          return { refused: 'own-file', line: `- { name: ${name}, host: '${address}', credential: ${credential} }` };
        }
        await add();
        if (!(await tell(agent, entry, by))) return { refused: 'untold' };
      }
      await audit(by, 'discovery.accepted', `${device}: ${address}, ${identityOf(found)}`);
      return { device };
    },

    async dismiss({ store, address }, why, by) {
      const stranger = await strangerAt(store, address);
      if (!stranger) return false;
      const identity = identityOf(stranger.found);
      await state.discovery.dismiss({ store, address, identity, who: by, why, at: now() });
      await audit(by, 'discovery.dismissed', `${store} ${address}, ${identity}: ${why}`);
      return true;
    },

    async recall({ store, address }, by) {
      const done = await state.discovery.recall(store, address);
      if (done) await audit(by, 'discovery.recalled', `${store} ${address}`);
      return done;
    },
  };

  /** Whether the agent listens to its file alone. */
  async function ownsItsList(agent: DeviceKey): Promise<boolean> {
    return (await agentConfigs.device(agent))?.standing === 'deaf';
  }
}
