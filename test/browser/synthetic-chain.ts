import type { Device, Store } from '../../protocol/inventory.ts';
import type { StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type {
  AlertView,
  DeviceState,
  DeviceView,
  IncidentView,
  Priority,
  StoreState,
  StoreTile,
} from '../../protocol/views.ts';
import { PIP_OF } from '../../protocol/views.ts';

export type Mood = 'well' | 'mixed' | 'unwell';

/** A whole chain made up for pictures and tests: the same every time for the same arguments. */
export interface SyntheticChain {
  chain: { name: string; title: string; simulated?: boolean };
  stores: Map<StoreKey, { tile: StoreTile; definition: Store; devices: DeviceView[] }>;
  incidents: Map<number, IncidentView>;
}

const TOWNS: Record<string, string[]> = {
  'Auvergne-Rhône-Alpes': [
    'Lyon Part-Dieu',
    'Grenoble',
    'Saint-Étienne',
    'Annecy',
    'Clermont-Ferrand',
    'Valence',
    'Chambéry',
  ],
  'Bourgogne-Franche-Comté': ['Dijon', 'Besançon', 'Belfort', 'Mâcon', 'Nevers'],
  Bretagne: ['Rennes', 'Brest', 'Quimper', 'Lorient', 'Saint-Brieuc', 'Vannes'],
  'Centre-Val de Loire': ['Orléans', 'Tours', 'Bourges', 'Chartres', 'Blois'],
  'Grand Est': ['Strasbourg', 'Reims', 'Metz', 'Nancy', 'Mulhouse', 'Colmar', 'Troyes'],
  'Hauts-de-France': ['Lille Flandres', 'Amiens', 'Roubaix', 'Dunkerque', 'Calais', 'Lens', 'Valenciennes'],
  'Île-de-France': ['Paris Bercy', 'Créteil', 'Évry', 'Versailles', 'Saint-Denis', 'Boulogne-Billancourt', 'Étampes'],
  Normandie: ['Rouen', 'Caen', 'Le Havre', 'Cherbourg', 'Évreux'],
  'Nouvelle-Aquitaine': ['Bordeaux Lac', 'Limoges', 'Poitiers', 'La Rochelle', 'Pau', 'Bayonne'],
  Occitanie: ['Toulouse', 'Montpellier', 'Nîmes', 'Perpignan', 'Béziers', 'Albi', 'Tarbes'],
  'Pays de la Loire': ['Nantes', 'Angers', 'Le Mans', 'Saint-Nazaire', 'Laval'],
  'Provence-Alpes-Côte d’Azur': ['Marseille', 'Nice', 'Toulon', 'Aix-en-Provence', 'Avignon', 'Cannes', 'Gap'],
};
const REGIONS = Object.keys(TOWNS);

/** Mulberry32: small, quick, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Out of a thousand stores, how many are in each state; the rest are up. */
const SHARES: Record<Mood, Partial<Record<StoreState, number>>> = {
  well: {},
  mixed: { degraded: 14, down: 4, blind: 6, 'selling-offline': 4, maintenance: 8, closed: 30 },
  unwell: { degraded: 170, down: 110, blind: 90, 'selling-offline': 60, maintenance: 20, closed: 20 },
};

const MINUTE_MS = 60_000;

export function makeChain(
  name: string,
  storeCount: number,
  mood: Mood,
  now: number,
  simulated: boolean,
): SyntheticChain {
  const random = randomFrom(storeCount * 31 + mood.length);
  const stores: SyntheticChain['stores'] = new Map();
  const incidents: SyntheticChain['incidents'] = new Map();
  for (let i = 0; i < storeCount; i++) {
    const region = REGIONS[Math.floor((i * REGIONS.length) / storeCount)] as string;
    const towns = TOWNS[region] as string[];
    const title = towns[i % towns.length] as string;
    const key: StoreKey = `${name}/${String(i + 1 + (REGIONS.indexOf(region) + 1) * 1000).padStart(4, '0')}`;
    const state = mood !== 'well' && storeCount <= 2 ? 'degraded' : pickState(mood, random());
    const made = makeStore(key, title, region, state, now, random, simulated);
    stores.set(key, made);
    const priority: Priority | undefined =
      state === 'down' ? 1 : state === 'degraded' ? (random() < 0.3 ? 2 : 3) : state === 'blind' ? 2 : undefined;
    if (priority !== undefined) {
      const incident = makeIncident(2000 + incidents.size, made, priority, now, random);
      incidents.set(incident.number, incident);
      made.tile.incident = {
        number: incident.number,
        priority,
        ...(incident.ticket === undefined ? {} : { ticket: incident.ticket }),
      };
    }
  }
  const chain = { name, title: simulated ? 'Démo Hypers' : 'Les Halles du Nord', ...(simulated ? { simulated } : {}) };
  return { chain, stores, incidents };
}

function pickState(mood: Mood, draw: number): StoreState {
  let left = draw * 1000;
  for (const [state, share] of Object.entries(SHARES[mood])) {
    left -= share;
    if (left < 0) return state as StoreState;
  }
  return 'up';
}

function makeStore(
  key: StoreKey,
  title: string,
  region: string,
  state: StoreState,
  now: number,
  random: () => number,
  simulated: boolean,
) {
  const laneCount = 3 + Math.floor(random() * random() * 14);
  const since = now - Math.floor((2 + random() * random() * 1400) * MINUTE_MS);
  const dead = state === 'degraded' ? 1 + Math.floor(random() * 2) : 0;
  const laneStates = Array.from({ length: laneCount }, (_, lane): DeviceState => {
    if (state === 'down') return 'down';
    if (state === 'blind') return 'blind';
    if (state === 'closed') return 'closed';
    if (dead > 0 && lane % 3 === 1 && lane <= dead * 3) return lane > 3 ? 'degraded' : 'down';
    return 'up';
  });
  const lanes = laneStates.map((one, i) => makeDevice(key, `till-${i + 1}`, one, since, now, i + 1));
  const rest = ['server', 'router', 'switch'] as const;
  const whole: DeviceState = state === 'blind' || state === 'down' ? (state === 'down' ? 'down' : 'blind') : 'up';
  const devices = [...lanes, ...rest.map((kind) => makeDevice(key, kind, whole, since, now))];
  const lanesUp = laneStates.filter((one) => one === 'up' || one === 'degraded').length;
  const tile: StoreTile = {
    key,
    title,
    region,
    state,
    since,
    reason: reasonOf(state, laneCount, laneCount - lanesUp),
    pips: laneStates.map((one) => PIP_OF[one]).join(''),
    lanesUp,
    lanesTotal: laneCount,
    ...(simulated ? { simulated } : {}),
  };
  const definition: Store = {
    name: key.slice(key.indexOf('/') + 1),
    title,
    region,
    timeZone: 'Europe/Paris',
    hours: {
      mon: ['08:30-20:00'],
      tue: ['08:30-20:00'],
      wed: ['08:30-20:00'],
      thu: ['08:30-20:00'],
      fri: ['08:30-21:00'],
      sat: ['08:30-21:00'],
      sun: ['09:00-12:30'],
    },
    attributes: { carrier: 'Nordlink', pos: '8.4.2', format: laneCount > 8 ? 'hyper' : 'super' },
    devices: devices.map(
      (view): Device => ({
        name: view.key.slice(view.key.lastIndexOf('/') + 1),
        title: view.title,
        kind: view.kind,
        ...(view.lane === undefined ? {} : { lane: view.lane }),
      }),
    ),
  };
  return { tile, definition, devices };
}

function reasonOf(state: StoreState, lanes: number, down: number): Reason {
  switch (state) {
    case 'degraded':
      return { code: 'store.lanes-down', params: { down: Math.max(1, down), total: lanes } };
    case 'down':
      return { code: 'store.lanes-down', params: { down: lanes, total: lanes } };
    case 'blind':
      return { code: 'store.silent' };
    case 'closed':
      return { code: 'store.closed' };
    default:
      return { code: 'store.up' };
  }
}

function makeDevice(
  store: StoreKey,
  name: string,
  state: DeviceState,
  since: number,
  now: number,
  lane?: number,
): DeviceView {
  const key = `${store}/${name}` as const;
  const titles: Record<string, string> = { server: 'Serveur', router: 'Routeur', switch: 'Commutateur 24 ports' };
  const reason: Reason = {
    code: state === 'down' ? 'presence.lost' : state === 'blind' ? 'presence.no-return' : 'presence.back',
  };
  const disk: Reason = {
    code: 'threshold.above',
    params: { reading: 'disk used_percent /', value: 93.4, limit: 90, unit: 'percent' },
  };
  const alert = (why: Reason, rule: string, instance: string): AlertView => ({
    key: `${key}#${rule}#${instance}`,
    device: key,
    rule,
    instance,
    severity: state === 'down' ? 'critical' : 'warning',
    state: 'firing',
    since,
    reason: why,
  });
  return {
    key,
    title: lane === undefined ? (titles[name] as string) : `Caisse ${lane}`,
    kind: lane === undefined ? (name as 'server' | 'router' | 'switch') : 'till',
    ...(lane === undefined ? {} : { lane }),
    state,
    since,
    reason: state === 'degraded' ? disk : reason,
    ...(state === 'blind' ? {} : { lastReportAt: state === 'down' ? since : now - 8_000 }),
    alerts:
      state === 'down' ? [alert(reason, 'presence', '')] : state === 'degraded' ? [alert(disk, 'disk-full', '/')] : [],
  };
}

function makeIncident(
  number: number,
  { tile, devices }: { tile: StoreTile; devices: DeviceView[] },
  priority: Priority,
  now: number,
  random: () => number,
): IncidentView {
  const alerts = devices.flatMap((device) => device.alerts);
  const first =
    devices.find((device) => device.state === 'down' || device.state === 'degraded') ?? (devices[0] as DeviceView);
  const whole = tile.state === 'down' || tile.state === 'blind';
  const acknowledged = random() < 0.25;
  return {
    key: `${tile.key}#${number}`,
    store: tile.key,
    cause: whole
      ? { kind: 'store', target: tile.key, rule: 'presence', reason: { code: 'store.silent' } }
      : { kind: 'device', target: first.key, rule: 'presence', reason: first.reason },
    fold: whole ? { code: 'fold.store-silent', params: { devices: devices.length } } : { code: 'fold.alone' },
    state: acknowledged ? 'acknowledged' : 'new',
    severity: priority <= 2 ? 'critical' : 'warning',
    impact: priority === 1 ? 1 : 2,
    urgency: priority <= 2 ? 1 : 2,
    priority,
    since: tile.since,
    openedAt: Math.min(now, tile.since + 30_000),
    ...(acknowledged ? { acknowledgedAt: now - MINUTE_MS, acknowledgedBy: 'Nadia' } : {}),
    lanesDown: tile.lanesTotal - tile.lanesUp,
    lanesTotal: tile.lanesTotal,
    alerts,
    number,
    storeTitle: tile.title,
    causeTitle: whole ? tile.title : first.title,
    region: tile.region,
    ...(tile.simulated ? { simulated: true } : {}),
    ...(random() < 0.8
      ? { ticket: `INC00${10_000 + number}`, ticketState: 'open' as const }
      : { ticketState: 'waiting' as const }),
  };
}
