import type { ReleaseEntry, RolloutEntry } from '../../dashboard/ports/releases.ts';
import type {
  AgentEntry,
  DeviceConfig,
  EffectiveConfig,
  EnrolTokenEntry,
  QuarantineEntry,
} from '../../dashboard/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { DeviceView } from '../../protocol/views.ts';
import type { SyntheticChain } from './synthetic-chain.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LIFE_MS = 90 * DAY_MS;

type Stores = SyntheticChain['stores'];

/** Devices that run an agent: tills and servers. */
const runners = (stores: Stores): DeviceView[] =>
  [...stores.values()].flatMap(({ devices }) => devices.filter(({ kind }) => kind === 'till' || kind === 'server'));

/** One agent in so many has what is told of it, the same ones each time. */
const isOneIn = (many: number, i: number): boolean => i % many === many - 1;

export function makeAgents(stores: Stores, now: number): AgentEntry[] {
  return runners(stores)
    .map((view, i): AgentEntry => {
      const old = isOneIn(9, i);
      const issuedAt = now - (isOneIn(31, i) ? LIFE_MS - 4 * DAY_MS : (i % 50) * DAY_MS + HOUR_MS);
      const stolen = isOneIn(157, i);
      return {
        device: view.key,
        title: view.title,
        kind: view.kind,
        state: view.state,
        ...(view.lastReportAt !== undefined && { lastReportAt: view.lastReportAt }),
        agentVersion: old ? '1.0.4' : isOneIn(4, i) ? '1.2.0' : '1.1.0',
        certificate: {
          serial: (4_096_000 + i * 7919).toString(16),
          state: stolen ? 'revoked' : 'good',
          issuedAt,
          validUntil: issuedAt + LIFE_MS,
          usedAt: issuedAt + 3 * MINUTE_MS,
          ...(stolen && {
            revoked: { at: now - 5 * DAY_MS, by: 'Camille', reason: 'Caisse volée pendant le transfert' },
          }),
        },
      };
    })
    .sort((a, b) => (a.device < b.device ? -1 : 1));
}

export function makeConfigs(stores: Stores, now: number): DeviceConfig[] {
  return runners(stores)
    .map(({ key, title, kind, state, lastReportAt }, i) => {
      const desired = { version: 4, at: now - 2 * HOUR_MS, publishedAt: now - 2 * HOUR_MS + 900 };
      const common = {
        device: key,
        title,
        kind,
        state,
        ...(lastReportAt !== undefined && { lastReportAt }),
      };
      if (kind === 'server') return { ...common, standing: 'none' as const, applied: 0 };
      if (isOneIn(41, i)) {
        const text = 'checks[2].server: no such host time.demo.example';
        return {
          ...common,
          standing: 'refused' as const,
          desired,
          applied: 3,
          refused: { version: 4, reason: 'check' as const, text },
        };
      }
      if (state === 'blind' || isOneIn(23, i)) return { ...common, standing: 'behind' as const, desired, applied: 3 };
      return { ...common, standing: 'applied' as const, desired, applied: 4 };
    })
    .sort((a, b) => (a.device < b.device ? -1 : 1));
}

/** The same with what it is to run. */
export const effectiveConfig = (config: DeviceConfig): EffectiveConfig => {
  const [chain, store] = config.device.split('/');
  if (config.standing === 'none') return { ...config, settings: {}, from: {} };
  return {
    ...config,
    settings: {
      intervalS: 30,
      profile: 'till-linux',
      vars: { tillPort: 8443, printer: '10.12.4.73' },
      checks: [{ type: 'ntp', name: 'time', server: '10.1.0.1', everyS: 900 }],
      removeChecks: ['temperature'],
    },
    from: {
      intervalS: { scope: `${chain}:till`, version: 7 },
      profile: { scope: `${chain}`, version: 3 },
      'vars.tillPort': { scope: `${chain}:till`, version: 7 },
      'vars.printer': { scope: `${chain}/${store}`, version: 2 },
      'checks.time': { scope: `${chain}`, version: 3 },
      'removeChecks.temperature': { scope: config.device, version: 1 },
    },
  };
};

export function makeQuarantine(stores: Stores, now: number): QuarantineEntry[] {
  const [first, second = first, third = first] = [...stores.keys()];
  const facts = {
    hostname: 'CAISSE-21',
    os: 'Debian GNU/Linux 12',
    model: 'TCx 810',
    serial: '41-KX902',
    mac: '00:1b:21:3a:4f:5c',
  };
  return [
    {
      id: 12,
      device: `${first}/till-21` as DeviceKey,
      kind: 'till',
      inInventory: false,
      reason: 'unknown-device',
      words: {
        fr: 'l’inventaire n’a pas cet équipement\u202f: il attend en quarantaine qu’on l’admette',
        en: 'the inventory has no such device: it waits in quarantine until it is admitted',
      },
      key: '7f3a90c41be2d865',
      address: '10.12.4.21',
      facts,
      firstAt: now - 26 * MINUTE_MS,
      lastAt: now - 40_000,
      times: 52,
    },
    {
      id: 11,
      device: `${second}/till-2` as DeviceKey,
      kind: 'till',
      inInventory: true,
      reason: 'name-taken',
      words: {
        fr: 'une autre machine vit sous ce nom\u202f: celle-ci attend en quarantaine qu’on l’admette à sa place',
        en: 'another machine lives under this name: this one waits in quarantine until it is admitted in its place',
      },
      key: '02b7f15c99aa4e01',
      address: '10.31.7.102',
      facts: { ...facts, hostname: 'POS-0002', serial: '41-KX377' },
      firstAt: now - 3 * HOUR_MS,
      lastAt: now - 2 * HOUR_MS,
      times: 18,
    },
    {
      id: 9,
      device: `${third}/server` as DeviceKey,
      inInventory: true,
      reason: 'unknown-certificate',
      words: {
        fr: 'le certificat est de l’autorité de Vigie, mais pas dans ses registres\u202f: il attend en quarantaine',
        en: 'the certificate is of Vigie’s authority, but not in its books: it waits in quarantine',
      },
      key: 'c0ffee0042aa1177',
      address: '10.44.1.5',
      facts: {},
      firstAt: now - 2 * DAY_MS,
      lastAt: now - DAY_MS,
      times: 4,
      decision: { verdict: 'refused', at: now - DAY_MS, by: 'Nadia' },
    },
  ];
}

export function makeTokens(stores: Stores, now: number): EnrolTokenEntry[] {
  const [first = 'demo/1001', second = first] = [...stores.keys()];
  const at = (key: string) => ({ chain: key.split('/')[0] as string, store: key.split('/')[1] as string });
  const common = { kind: 'till' as const, replaces: false, by: 'Camille' };
  return [
    {
      ...common,
      ...at(first),
      id: '5b1c',
      uses: 12,
      used: 5,
      state: 'good',
      at: now - 2 * HOUR_MS,
      expiresAt: now + 70 * HOUR_MS,
    },
    {
      ...common,
      ...at(second),
      id: '4a0e',
      device: 'till-2',
      replaces: true,
      uses: 1,
      used: 1,
      state: 'spent',
      at: now - 9 * HOUR_MS,
      expiresAt: now + 15 * HOUR_MS,
    },
    {
      ...common,
      ...at(second),
      id: '39ff',
      kind: 'server',
      uses: 1,
      used: 0,
      state: 'revoked',
      at: now - 3 * DAY_MS,
      expiresAt: now - 2 * DAY_MS,
      revoked: { at: now - 3 * DAY_MS + HOUR_MS, by: 'Camille' },
    },
  ];
}

export function makeReleases(stores: Stores, now: number): { releases: ReleaseEntry[]; rollout: RolloutEntry } {
  const tills = runners(stores);
  const release = (version: string, days: number): ReleaseEntry => ({
    version,
    at: now - days * DAY_MS,
    by: 'Camille',
    downgrade: false,
    files: [
      { platform: 'linux-x64', size: 98_400_000, packed: 31_200_000, isHere: true },
      { platform: 'win32-x64', size: 91_700_000, packed: 29_800_000, isHere: true },
    ],
  });
  const done = Math.round(tills.length * 0.25);
  return {
    releases: [release('1.0.4', 210), release('1.1.0', 92), release('1.2.0', 2)],
    rollout: {
      version: '1.2.0',
      attempt: 1,
      state: 'running',
      wave: 'share',
      startedAt: now - 20 * HOUR_MS,
      waveAt: now - 7 * HOUR_MS,
      by: 'Camille',
      canary: [...stores.keys()].slice(0, 2),
      sharePercent: 5,
      whileOpen: false,
      counts: {
        done,
        told: 6,
        trying: 1,
        refused: 2,
        missing: 1,
        'store-open': 9,
        later: Math.max(0, tills.length - done - 21),
        'no-update': 2,
      },
      attention: tills.slice(3, 6).map(({ key }, i) => ({ device: key, standing: i === 0 ? 'missing' : 'refused' })),
    },
  };
}
