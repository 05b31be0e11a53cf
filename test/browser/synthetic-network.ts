import type { FoundEntry, GoneEntry, StoreBranch } from '../../dashboard/ports.ts';
import type { DeviceEvent } from '../../protocol/events.ts';
import { type DeviceKey, nameOf, storeOf } from '../../protocol/names.ts';
import type { DeviceView } from '../../protocol/views.ts';

/** What a switch may have told, newest first. */
export const makeEvents = (now: number): DeviceEvent[] => [
  {
    at: now - 40_000,
    source: 'trap',
    code: '1.3.6.1.4.1.9.9.13.3.0.5',
    severity: 'critical',
    text: 'Alimentation 2 en panne',
    values: {
      '1.3.6.1.4.1.9.9.13.1.5.1.2.1004': 'Switch 1 - Power Supply B, NonOperationalAndVeryLongWithoutAnySpace',
    },
  },
  {
    at: now - 3_600_000,
    source: 'inform',
    code: '1.3.6.1.6.3.1.1.5.4',
    severity: 'clears',
    key: 'GigabitEthernet1/0/24',
    text: 'Interface GigabitEthernet1/0/24 (liaison vers la réserve) rétablie',
    count: 3,
  },
  {
    at: now - 90_000_000,
    source: 'trap',
    code: '1.3.6.1.6.3.1.1.5.1',
    severity: 'info',
    text: 'L’équipement a démarré',
  },
];

/** Everything on the first device of the store but the second, and the rest behind that. */
export function makeBranches(devices: readonly DeviceView[]): StoreBranch[] {
  const [root, hub, ...others] = devices.map(({ key }) => nameOf(key));
  if (root === undefined || hub === undefined) return [];
  const branch = (device: string, parent: string, port: number): StoreBranch => ({
    device,
    parent,
    port: `GigabitEthernet1/0/${port}`,
    evidence: port % 2 === 0 ? 'bridge' : 'lldp',
    basis: { device: parent, path: `neighbour[GigabitEthernet1/0/${port}].device` },
  });
  return [branch(hub, root, 1), ...others.map((name, i) => branch(name, hub, i + 2))];
}

/** Two machines nobody knows, one of them dismissed, and a device that is not found any more. */
export function makeDiscovery(agent: DeviceKey, now: number): { found: FoundEntry[]; gone: GoneEntry[] } {
  const place = { store: storeOf(agent), storeTitle: 'Lyon Part-Dieu', agent };
  const found: FoundEntry = {
    ...place,
    address: '10.1.0.7',
    at: now - 60_000,
    kind: 'switch',
    vendor: 'Cisco',
    model: 'Catalyst 9200L-24P-4G',
    serial: 'FOC0000X000',
    name: 'sw-reserve',
    isAcceptable: true,
    proposed: 'sw-reserve',
  };
  const dismissed = { who: 'ana', why: 'caméra du centre commercial', at: now - 9_000_000 };
  return {
    found: [found, { ...found, address: '10.1.0.8', kind: 'camera', proposed: 'camera-1', dismissed }],
    gone: [
      { ...place, device: agent, title: 'Imprimante d’étiquettes', kind: 'printer', state: 'down', since: now - 9_000 },
    ],
  };
}
