import { type Static, Type } from 'typebox';
import { Name } from '../../protocol/names.ts';
import { listFaults } from '../config-faults.ts';
import { allowedNetworks, faultInHost, faultInNetwork } from './allow.ts';
import { loadCredentials, type SnmpCredentials } from './credentials.ts';
import { faultInRange } from './discovery/ranges.ts';

const Everyone = '0.0.0.0';

export const SnmpFile = Type.Object(
  {
    credentials: Type.Unknown({
      description:
        'How devices are asked, by names of your choice; each says where its secrets stand, never what they are.',
    }),
    allow: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        minItems: 1,
        maxItems: 64,
        description:
          'Networks of which the centre may name devices to ask, such as 10.1.0.0/24; discovery.ranges when left out, or the private networks where it is left out too. The hosts of this file are allowed in any case.',
      }),
    ),
    everyS: Type.Optional(
      Type.Integer({ minimum: 5, maximum: 3600, default: 30, description: 'Seconds between two polls of a device.' }),
    ),
    maxInFlight: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 256, default: 32, description: 'Devices that are polled at the same time.' }),
    ),
    discovery: Type.Optional(
      Type.Object(
        {
          ranges: Type.Array(Type.String({ maxLength: 64 }), {
            minItems: 1,
            maxItems: 64,
            description: 'Networks it may look through, such as 10.1.0.0/24; nothing else is ever asked.',
          }),
          credentials: Type.Array(Type.String({ maxLength: 64 }), {
            minItems: 1,
            maxItems: 8,
            description: 'Names of the credentials that are tried, in this order.',
          }),
          everyH: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 720, default: 24, description: 'Hours between two sweeps.' }),
          ),
          perSecond: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 200, default: 20, description: 'Addresses asked in a second.' }),
          ),
        },
        { additionalProperties: false, description: 'Looks for devices by itself; not at all when left out.' },
      ),
    ),
    traps: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(
            Type.String({ minLength: 1, maxLength: 253, default: Everyone, description: 'Address it listens on.' }),
          ),
          port: Type.Optional(
            Type.Integer({ minimum: 0, maximum: 65_535, default: 162, description: 'Port of it, UDP.' }),
          ),
          credentials: Type.Optional(
            Type.Array(Type.String({ maxLength: 64 }), {
              maxItems: 16,
              description: 'Names of the credentials traps must bear; all there are when left out.',
            }),
          ),
        },
        { additionalProperties: false, description: 'Takes traps and informs; not at all when left out.' },
      ),
    ),
  },
  { additionalProperties: false, description: 'Devices that are asked over SNMP.' },
);
type SnmpFile = Static<typeof SnmpFile>;

const SnmpDeviceEntry = Type.Object(
  {
    name: Name,
    host: Type.String({
      pattern: '^[A-Za-z0-9.:_-]{1,253}$',
      description: 'Its address, or a name that is looked up.',
    }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 161 })),
    credential: Type.String({ minLength: 1, maxLength: 64, description: 'One of snmp.credentials, by name.' }),
    everyS: Type.Optional(
      Type.Integer({ minimum: 5, maximum: 3600, description: 'Seconds between two polls; snmp.everyS when left out.' }),
    ),
    uplinks: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        maxItems: 16,
        description: 'Interfaces that must be up, by name or alias.',
      }),
    ),
    ignore: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
        maxItems: 100,
        description: 'Interfaces, sensors and supplies nobody wants to hear of, by name.',
      }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 30_000,
        default: 2000,
        description: 'Patience with one request; three tries.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A device of the inventory, asked over SNMP.' },
);

export const SnmpDeviceEntries = Type.Array(SnmpDeviceEntry, {
  maxItems: 1000,
  description: 'Devices of the same store it asks over SNMP, and speaks for.',
});

/** A device as it is asked, its defaults filled in. */
export type SnmpDevice = Required<Static<typeof SnmpDeviceEntry>>;

export interface SnmpOptions {
  credentials: SnmpCredentials;
  maxInFlight: number;
  discovery?: { ranges: readonly string[]; credentials: readonly string[]; everyH: number; perSecond: number };
  traps?: { host: string; port: number; credentials: readonly string[] };
  devices: readonly SnmpDevice[];
}

/** A list of devices as somebody wrote it; `place` is what its faults begin their paths with. */
export interface WrittenDevices {
  place: string;
  entries: unknown;
  /** Another says it than the device's own file: a secret goes only where `snmp.allow` lets it. */
  isFromAfar?: boolean;
}

/**
 * Checks what stands under `snmp`, and the lists of devices, and says what is wrong with them; `loaded` only when nothing
 * is. A device of an earlier list stands in the place of one of the same name in a later one.
 */
export function loadSnmp(
  written: unknown,
  lists: readonly WrittenDevices[],
): { faults: string[]; loaded?: SnmpOptions } {
  const given = lists.filter(({ entries }) => entries !== undefined);
  if (written === undefined) {
    return { faults: given.map(({ place }) => `${place}: needs snmp, which says how devices are asked`) };
  }
  const faults = [
    ...listFaults(SnmpFile, written, 'snmp'),
    ...given.flatMap(({ place, entries }) => listFaults(SnmpDeviceEntries, entries, place)),
  ];
  if (faults.length > 0) return { faults };
  const { credentials: named, allow, everyS = 30, maxInFlight = 32, discovery, traps } = written as SnmpFile;
  const credentials = loadCredentials(named, 'snmp.credentials');
  if (!credentials.loaded) return { faults: credentials.faults };
  const known = Object.keys(credentials.loaded);
  const devices = given.flatMap(({ place, entries, isFromAfar = false }) =>
    (entries as Static<typeof SnmpDeviceEntries>).map((entry, i) => ({
      ...{ entry, place, isFromAfar },
      path: `${place}[${i}]`,
    })),
  );
  const wanted: [string, string][] = [
    ...(discovery?.credentials ?? []).map((name, i): [string, string] => [`snmp.discovery.credentials[${i}]`, name]),
    ...(traps?.credentials ?? []).map((name, i): [string, string] => [`snmp.traps.credentials[${i}]`, name]),
    ...devices.map(({ entry, path }): [string, string] => [`${path}.credential`, entry.credential]),
  ];
  for (const [path, name] of wanted) {
    if (!known.includes(name))
      faults.push(`${path}: no credential is called ${JSON.stringify(name)}; known are ${known.join(', ')}`);
  }
  for (const [i, range] of (discovery?.ranges ?? []).entries()) {
    const fault = faultInRange(range);
    if (fault) faults.push(`snmp.discovery.ranges[${i}]: ${fault.en}`);
  }
  faults.push(...(allow ?? []).flatMap((network, i) => faultInNetwork(network, `snmp.allow[${i}]`)));
  const ownHosts = new Set(devices.filter(({ isFromAfar }) => !isFromAfar).map(({ entry }) => entry.host));
  if (faults.length === 0) {
    const allowed = allowedNetworks(allow ?? discovery?.ranges);
    for (const { entry, path, isFromAfar } of devices) {
      if (isFromAfar && !ownHosts.has(entry.host)) faults.push(...faultInHost(entry.host, `${path}.host`, allowed));
    }
  }
  const byName = new Map<string, (typeof devices)[number]>();
  for (const device of devices) {
    const { name } = device.entry;
    const before = byName.get(name);
    if (before?.place === device.place) faults.push(`${device.path}.name: ${name} stands there twice`);
    if (!before) byName.set(name, device);
  }
  if (faults.length > 0) return { faults };
  const defaults = { port: 161, everyS, uplinks: [], ignore: [], timeoutMs: 2000 };
  return {
    faults,
    loaded: {
      credentials: credentials.loaded,
      maxInFlight,
      ...(discovery && { discovery: { everyH: 24, perSecond: 20, ...discovery } }),
      ...(traps && { traps: { host: Everyone, port: 162, credentials: known, ...traps } }),
      devices: [...byName.values()].map(({ entry }) => ({ ...defaults, ...entry })),
    },
  };
}
