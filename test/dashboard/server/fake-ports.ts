import { RotaError } from '../../../dashboard/ports/on-call.ts';
import {
  AgentConfigError,
  type Asset,
  AssetQueryError,
  BacktestError,
  type ConfigVersion,
  type DashboardPorts,
  type FoundEntry,
  type GoneEntry,
  InventoryError,
  type RangeRequest,
  type Role,
  type StoreBranch,
} from '../../../dashboard/ports.ts';
import type { DeviceEvent } from '../../../protocol/events.ts';
import type { Chain, Inventory, Locale } from '../../../protocol/inventory.ts';
import type { MajorView } from '../../../protocol/majors.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { ReviewNotes } from '../../../protocol/reviews.ts';
import type { PackRule, RuleView } from '../../../protocol/rule-views.ts';
import type { Satisfaction, StoreWord } from '../../../protocol/store-words.ts';
import type { DeviceView, IncidentView, ReadingsDelta, StoreTile, WallDelta } from '../../../protocol/views.ts';
import { fakeActions } from './fake-actions.ts';
import { fakeAgents } from './fake-agents.ts';
import { fakeMaintenance } from './fake-maintenance.ts';
import { fakeReleases } from './fake-releases.ts';
import { fakeRules } from './fake-rules.ts';

export const NOW = Date.UTC(2026, 10, 2, 9, 0);

/** One token per role. */
export const TOKENS: Record<Role, string> = {
  viewer: 'viewer-token-v',
  operator: 'operator-token-o',
  admin: 'admin-token-a',
};

export const TILE: StoreTile = {
  key: 'acme/lyon-01',
  title: 'Lyon',
  region: 'Rhône',
  state: 'degraded',
  since: NOW - 60_000,
  reason: { code: 'store.lanes-down', params: { down: 1, total: 2 } },
  pips: 'ud',
  lanesUp: 1,
  lanesTotal: 2,
  incident: { number: 7, priority: 2, ticket: 'INC42' },
};

export const DEVICE: DeviceView = {
  key: 'acme/lyon-01/till-2',
  title: 'Caisse 2',
  kind: 'till',
  lane: 2,
  state: 'down',
  since: NOW - 60_000,
  reason: { code: 'presence.lost' },
  lastReportAt: NOW - 70_000,
  alerts: [
    {
      key: 'acme/lyon-01/till-2#silence#',
      device: 'acme/lyon-01/till-2',
      rule: 'silence',
      instance: '',
      severity: 'critical',
      state: 'firing',
      since: NOW - 60_000,
      reason: { code: 'presence.lost' },
    },
  ],
};

export const MAJOR: MajorView = {
  key: 'acme#major#1',
  chain: 'acme',
  cause: { kind: 'common', attribute: 'store.carrier', value: 'Orange' },
  symptom: 'network',
  title: { code: 'major.common', params: { attribute: 'store.carrier', value: 'Orange', symptom: 'network' } },
  fold: { code: 'major.evidence', params: { failed: 3, of: 4, others: 0, ofOthers: 96, p: 0.0004 } },
  evidence: { inside: { failed: 3, of: 4 }, outside: { failed: 0, of: 96 }, tried: 20, p: 0.0004 },
  state: 'new',
  severity: 'critical',
  priority: 2,
  since: NOW - 60_000,
  openedAt: NOW - 50_000,
  stores: 1,
  storesOpen: 1,
  lanesDown: 1,
  lanesTotal: 2,
  children: [{ incident: 'i', number: 7, store: 'acme/lyon-01', storeTitle: 'Lyon', over: false }],
  number: 9,
  chainTitle: 'Acme',
  ticketState: 'none',
};

export const NOTES: ReviewNotes = { text: 'Le lien 4G n’a pas pris.', by: 'ana', at: NOW, revision: 3 };
/** Signs the links of store pages. */
export const STORE_PAGE_KEY = new Uint8Array(32).fill(7);

export const INCIDENT: IncidentView = {
  key: 'acme/lyon-01|silence|1',
  store: 'acme/lyon-01',
  cause: { kind: 'device', target: DEVICE.key, rule: 'silence', reason: { code: 'presence.lost' } },
  fold: { code: 'fold.alone' },
  state: 'new',
  severity: 'critical',
  impact: 2,
  urgency: 1,
  priority: 2,
  since: NOW - 60_000,
  openedAt: NOW - 50_000,
  lanesDown: 1,
  lanesTotal: 2,
  alerts: DEVICE.alerts,
  number: 7,
  storeTitle: 'Lyon',
  causeTitle: 'Caisse 2',
  region: 'Rhône',
  ticket: 'INC42',
  ticketState: 'open',
};

export const CHAIN: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: [
    {
      name: 'lyon-01',
      title: 'Lyon',
      timeZone: 'Europe/Paris',
      hours: { mon: ['08:30-20:00'], dates: { '2026-12-25': [] } },
      devices: [{ name: 'till-2', kind: 'till', lane: 2 }],
    },
  ],
};

export const ASSET: Asset = {
  key: DEVICE.key,
  values: { key: DEVICE.key, model: '=cmd|"x"', usb: '04b8:0202; 0c2e:0901' },
};

export const BRANCH: StoreBranch = {
  device: 'till-2',
  parent: 'sw-1',
  port: 'Gi1/0/7',
  evidence: 'lldp',
  basis: { device: 'sw-1', path: 'neighbour[Gi1/0/7].device' },
};

export const FOUND: FoundEntry = {
  store: TILE.key,
  storeTitle: TILE.title,
  agent: 'acme/lyon-01/till-2',
  address: '10.1.0.7',
  at: NOW - 1_000,
  kind: 'switch',
  vendor: 'Acme',
  serial: 'S1',
  isAcceptable: true,
  proposed: 'sw-1',
  dismissed: { who: 'the-operator', why: 'spare', at: NOW },
};

export const GONE: GoneEntry = {
  store: TILE.key,
  storeTitle: TILE.title,
  agent: 'acme/lyon-01/till-2',
  device: 'acme/lyon-01/printer-1',
  title: 'Imprimante',
  kind: 'printer',
  state: 'down',
  since: NOW - 5_000,
};

export const EVENTS: (DeviceEvent & { id: number })[] = [
  {
    id: 12,
    at: NOW - 1_000,
    source: 'trap',
    code: '1.3.6.1.6.3.1.1.5.3',
    severity: 'warning',
    key: 'Gi1/0/1',
    text: 'Interface Gi1/0/1 coupée',
    values: { '1.3.6.1.2.1.2.2.1.1': '1' },
    count: 3,
  },
  { id: 9, at: NOW - 5_000, source: 'inform', code: '1.3.6.1.6.3.1.1.5.1', severity: 'info', text: 'Démarrage' },
];

const WANTED = { version: 4, at: NOW - 5000, publishedAt: NOW - 4000 };

const SETTINGS: ConfigVersion = {
  scope: 'acme',
  version: 2,
  settings: { intervalS: 30 },
  at: NOW - 5000,
  by: 'the-admin',
  comment: 'slower',
};

export const RULE: RuleView = {
  ...{ id: 'disk-full', title: { fr: 'Disque plein', en: 'Disk full' }, type: 'threshold' },
  ...{ about: 'disk used_percent', unit: 'percent', enabled: true, enabledFrom: { level: 'pack' } },
  settings: [
    { name: 'raise', value: 80, from: { level: 'store', name: 'acme/lyon-01', override: 3, why: 'small disks' } },
    { name: 'for', value: '1 min', from: { level: 'pack' } },
  ],
  passedOver: [{ level: 'kind', name: 'till', within: 'north', title: { fr: 'Nord', en: 'North' }, override: 4 }],
};

export const PACK_RULE: PackRule = {
  ...{ id: 'disk-full', title: { fr: 'Disque plein', en: 'Disk full' }, type: 'threshold' },
  ...{ about: 'disk used_percent', unit: 'percent', kinds: ['till'], attributes: { 'store.class': ['A', 'B*'] } },
  settings: [
    { name: 'raise', value: 90 },
    { name: 'hours', value: 'open' },
    { name: 'noData', value: ['keep'] },
  ],
  ...{ overrides: 1, devices: 12, stores: 3 },
};

/** Ports that answer from the constants above and write down what they were asked to change. */
export function fakePorts(options: { readingNeedsToken?: boolean; storeLocale?: Locale } = {}) {
  const calls: unknown[][] = [];
  const deltaListeners = new Set<(delta: WallDelta) => void>();
  const readingsListeners = new Map<DeviceKey, Set<(delta: ReadingsDelta) => void>>();
  const stores: StoreTile[] = [TILE];
  const revoked = new Set<string>();
  const links = { generation: 1 };
  const shown = { incident: INCIDENT };
  const words = new Map<DeviceKey, StoreWord>();
  const given = new Map<number, Satisfaction>();

  const ports: DashboardPorts = {
    wall: {
      snapshot: () => ({ at: NOW, chains: [{ name: 'acme', title: 'Acme' }], stores, incidents: [INCIDENT] }),
      store: (key) =>
        key === TILE.key && CHAIN.stores[0]
          ? { tile: TILE, definition: CHAIN.stores[0], devices: [DEVICE] }
          : undefined,
      devices: ({ store }) => (store === undefined || store === TILE.key ? [DEVICE] : []),
      device: (key) =>
        key === DEVICE.key ? { view: DEVICE, host: { os: 'Debian 12' }, agentVersion: '0.1.0' } : undefined,
      onDelta(listener) {
        deltaListeners.add(listener);
        return () => deltaListeners.delete(listener);
      },
      onReadings(device, listener) {
        const listeners = readingsListeners.get(device) ?? new Set();
        readingsListeners.set(device, listeners.add(listener));
        return () => listeners.delete(listener);
      },
    },
    incidents: {
      list(query) {
        calls.push(['list', query]);
        return [shown.incident];
      },
      get: (number) =>
        number === 7 || number === 8
          ? { incident: { ...shown.incident, number }, timeline: [{ at: NOW, reason: { code: 'incident.opened' } }] }
          : undefined,
      async acknowledge(number, by) {
        calls.push(['acknowledge', number, by]);
        return number === 7;
      },
      async hold(number, by, why, until) {
        calls.push(['hold', number, by, why, until]);
        return number === 7;
      },
      async resume(number, by) {
        calls.push(['resume', number, by]);
        return number === 7;
      },
      async start(number, by) {
        calls.push(['start', number, by]);
        return number === 7;
      },
      async assign(number, by, to) {
        calls.push(['assign', number, by, to]);
        return number === 7;
      },
      async merge(number, by, into) {
        calls.push(['merge', number, by, into]);
        return number === 7 && into === 8;
      },
      async split(number, by, alerts) {
        calls.push(['split', number, by, alerts]);
        return number === 7 && alerts.length === 1;
      },
      async reopen(number, by, why) {
        calls.push(['reopen', number, by, why]);
        return number === 7;
      },
      async comment(number, by, text) {
        calls.push(['comment', number, by, text]);
        return number === 7;
      },
    },
    reviews: {
      notes: async (number) => (number === 9 ? NOTES : undefined),
      async write(number, text, read, by) {
        calls.push(['write review', number, text, read, by]);
        return read === NOTES.revision ? { ...NOTES, text, by, revision: read + 1 } : undefined;
      },
    },
    storePages: {
      key: STORE_PAGE_KEY,
      publicUrl: 'https://vigie.example',
      localeOf: () => options.storeLocale ?? 'fr',
      generation: async () => links.generation,
      async revoke(store, by) {
        calls.push(['revoke links', store, by]);
        return ++links.generation;
      },
      words: async () => [...words.values()],
      async blocked(device, by, note) {
        calls.push(['blocked', device, by, note]);
        words.set(device, { device, at: NOW, by, note });
      },
      async works(device) {
        calls.push(['works', device]);
        words.delete(device);
      },
      async answer(answer) {
        given.set(answer.incident, { ...answer, at: NOW });
      },
      answerTo: async (incident) => given.get(incident),
      answers: async (from, to) => [...given.values()].filter(({ at }) => at >= from && at < to),
    },
    majors: {
      list(query) {
        calls.push(['majors', query]);
        return [MAJOR];
      },
      get: (number) =>
        number === 9
          ? { major: MAJOR, timeline: [{ at: NOW, reason: MAJOR.title }], incidents: [INCIDENT] }
          : undefined,
      async acknowledge(number, by) {
        calls.push(['acknowledge major', number, by]);
        return number === 9;
      },
      async comment(number, by, text) {
        calls.push(['comment major', number, by, text]);
        return number === 9;
      },
    },
    metrics: {
      async range(request: RangeRequest) {
        calls.push(['range', request]);
        return [{ tags: { path: '/' }, points: [[request.from, 12.5]] }];
      },
      last: async () => [{ measurement: 'mem', field: 'used_percent', tags: {}, value: 41, at: NOW }],
    },
    inventory: {
      export: () => ({ chains: [CHAIN] }),
      async import(inventory: Inventory, by) {
        const faults = inventory.chains.flatMap((chain, index) =>
          chain.name === 'bad' ? [{ path: `chains[${index}].name`, message: 'bad' }] : [],
        );
        if (faults.length > 0) throw new InventoryError(faults);
        calls.push(['import', inventory, by]);
        return { chains: inventory.chains.length, stores: 1, devices: 1 };
      },
    },
    access: {
      who(token) {
        const role = (Object.keys(TOKENS) as Role[]).find((candidate) => TOKENS[candidate] === token);
        return role === undefined || revoked.has(token) ? undefined : { name: `the-${role}`, role };
      },
      create(name, role, by) {
        calls.push(['create', name, role, by]);
        return 'vigie_made-once';
      },
      sessionKey: new Uint8Array(32).fill(7),
      readingNeedsToken: options.readingNeedsToken ?? true,
      audit: (limit) => [{ at: NOW, who: 'the-admin', action: 'token.create', detail: `limit ${limit}` }],
    },
    assets: {
      columns: [
        { id: 'key', fr: 'Identifiant', en: 'Identifier', servicenow: 'correlation_id' },
        { id: 'model', fr: 'Modèle', en: 'Model', servicenow: 'model_id' },
        { id: 'usb', fr: 'Périphériques USB', en: 'USB devices' },
      ],
      async search(query, page) {
        calls.push(['assets', query, page]);
        if (query.q === '??') throw new AssetQueryError([{ term: '??', fr: 'inconnu', en: 'unknown' }]);
        return { total: 1, assets: [ASSET], next: 'more' };
      },
      async all(query) {
        calls.push(['assets-all', query]);
        return [ASSET];
      },
      device: async (key) =>
        key === DEVICE.key
          ? {
              ...ASSET,
              facts: [{ path: 'machine.serial', value: 'A1', source: 'observed', imported: 'B2' }],
              gatheredAt: NOW,
              unread: { disk: 'permission' },
            }
          : undefined,
      async changes(query) {
        calls.push(['asset-changes', query]);
        return [{ device: DEVICE.key, at: NOW, path: 'software[pos].version', from: '8.4', to: '8.5' }];
      },
    },
    agents: fakeAgents(calls),
    releases: fakeReleases(calls),
    maintenance: fakeMaintenance(calls),
    rules: fakeRules(calls),
    agentConfigs: {
      async devices(query) {
        calls.push(['configDevices', query]);
        return {
          devices: [{ device: DEVICE.key, title: 'Caisse 2', kind: 'till', standing: 'behind', desired: WANTED }],
          counts: { none: 0, applied: 0, behind: 1, refused: 0, deaf: 0, unheard: 0 },
        };
      },
      device: async (key) =>
        key === DEVICE.key
          ? {
              device: key,
              title: 'Caisse 2',
              kind: 'till',
              standing: 'refused',
              desired: WANTED,
              applied: 3,
              refused: { version: 4, reason: 'link', text: 'no collector' },
              settings: SETTINGS.settings,
              from: { intervalS: { scope: 'acme', version: 2 } },
            }
          : undefined,
      scopes: async () => [SETTINGS],
      history: async (scope, limit) => {
        calls.push(['configHistory', scope, limit]);
        return [SETTINGS];
      },
      async weigh({ settings }) {
        if ('bad' in settings) throw new AgentConfigError([{ path: 'bad', message: 'unknown key' }]);
        return 12;
      },
      async save(change, by) {
        calls.push(['configSave', change, by]);
        if ('bad' in change.settings) throw new AgentConfigError([{ path: 'bad', message: 'unknown key' }]);
        return change.basedOn === 1 ? { saved: SETTINGS, devices: 12 } : { taken: 2 };
      },
      async revert(change, by) {
        calls.push(['configRevert', change, by]);
        return change.to === 1 ? { saved: SETTINGS, devices: 12 } : { missing: true };
      },
      async retry(key, by) {
        calls.push(['configRetry', key, by]);
        return key === DEVICE.key;
      },
    },
    actions: fakeActions(calls),
    deviceRules: { device: (key) => (key === DEVICE.key ? [RULE] : undefined), all: async () => [PACK_RULE] },
    topology: { store: async (key) => (key === TILE.key ? [BRANCH] : undefined) },
    discovery: {
      async list(store) {
        calls.push(['discovery', store]);
        return { found: [FOUND], gone: [GONE] };
      },
      async accept(place, as, by) {
        calls.push(['accept', place, as, by]);
        if (as.name === 'bad') throw new AgentConfigError([{ path: 'settings.snmpDevices', message: 'too many' }]);
        if (as.name === 'theirs') return { refused: 'own-file', line: '- { name: theirs }' };
        return place.address === FOUND.address ? { device: `${place.store}/${as.name}` } : { refused: 'no-such' };
      },
      async dismiss(place, why, by) {
        calls.push(['dismiss', place, why, by]);
        return place.address === FOUND.address;
      },
      async recall(place, by) {
        calls.push(['recall', place, by]);
        return place.address === FOUND.address;
      },
    },
    events: {
      async list(device, page) {
        calls.push(['events', device, page]);
        return device === DEVICE.key ? EVENTS.slice(0, page.limit) : [];
      },
    },
    backtests: {
      async start({ rules, from, to }, by) {
        calls.push(['backtest', rules, by]);
        if (rules === 'bad') throw new BacktestError([{ path: '/rules/0', message: 'expected a rule' }]);
        if (rules === 'busy') return undefined;
        return { id: '0123456789ab', standing: 'running', from, to, by, at: 1, done: 0, total: 0 };
      },
      get: (id) =>
        id === '0123456789ab'
          ? { id, standing: 'running', from: 1, to: 2, by: 'ops', at: 1, done: 3, total: 12, secondsLeft: 9 }
          : undefined,
      cancel: (id) => id === '0123456789ab',
    },
    availability: {
      async store(store, from, to) {
        calls.push(['availability', store, from, to]);
        const reason = { code: 'store.proven' } as const;
        return {
          segments: [{ from, to, state: 'up', reason, proven: true }],
          totals: { up: to - from },
          percent: 100,
          knownPercent: 100,
        };
      },
    },
    outsideAlerts: {
      async take(alerts) {
        calls.push(['alerts', ...alerts]);
        return { taken: alerts.length, left: [{ alert: 'x', why: 'no-device' }] };
      },
    },
    onCall: {
      list: () => [
        {
          ...{ name: 'network', timeZone: 'Europe/Paris', at: NOW - 60_000, by: 'Karim' },
          now: { who: 'Inès', from: NOW - 3_600_000, to: NOW + 3_600_000 },
        },
      ],
      async put(name, calendar, timeZone, by) {
        calls.push(['rota', name, calendar, timeZone, by]);
        if (calendar !== 'good') throw new RotaError([{ path: 'line 1', message: { en: 'no', fr: 'non' } }]);
      },
      async remove(name, by) {
        calls.push(['no rota', name, by]);
        return name === 'network';
      },
    },
    tickets: {
      dead: () => [
        {
          ...{ id: 3, incident: 7, major: false, desk: 'main', action: 'open', subject: '[P2][001 Nantes] Till 3' },
          ...{ error: 'HTTP 500', attempts: 9, at: NOW - 60_000, diedAt: NOW - 1000 },
        },
      ],
      desks: () => [{ desk: 'main', waiting: 2, dead: 1, oldestAt: NOW - 60_000, awaySince: NOW - 30_000 }],
      preview: (desk, { incident, locale = 'fr' }) =>
        desk === 'main' && incident !== 99
          ? { subject: `${incident ?? 'example'} ${locale}`, text: 'x', about: { item: 'A-1' }, fields: { u: '1' } }
          : undefined,
      async hear(desk, { body, header }) {
        calls.push(['hear', desk, Buffer.from(body).toString(), header('x-signature') ?? '']);
        if (desk === 'away') return { outcome: 'elsewhere' };
        if (desk !== 'main') return { outcome: 'no-such-desk' };
        if (header('x-signature') === undefined) return { outcome: 'refused', why: 'signature', message: 'unsigned' };
        return body.length === 0 ? { outcome: 'refused', why: 'body', message: '/key' } : { outcome: 'heard' };
      },
      replayAll(desk, by) {
        calls.push(['replay all', desk, by]);
        return desk === 'main' ? 1 : 0;
      },
      discard(id, by, why) {
        calls.push(['discard', id, by, why]);
        return id === 3;
      },
      replay(id, by) {
        calls.push(['replay', id, by]);
        return id === 3;
      },
    },
    self: {
      hindered: () => [],
      health: () => ({ status: 'ok', version: '0.1.0', startedAt: NOW, problems: [] }),
      figures: () => [
        {
          name: 'vigie_reports_total',
          help: 'Reports taken.',
          type: 'counter',
          samples: [{ labels: { chain: 'acme' }, value: 12 }],
        },
      ],
      setAside: () => ({
        entries: [{ at: NOW, source: 'vigie/v1/x', reason: 'not-json', sample: '{' }],
        counts: { 'not-json': 4 },
      }),
    },
  };

  return {
    ports,
    calls,
    stores,
    /** The one incident there is, as it is from now on. */
    setIncident(incident: IncidentView) {
      shown.incident = incident;
    },
    /** From now on the token is not known. */
    revoke: (token: string) => revoked.add(token),
    emitDelta: (delta: WallDelta) => {
      for (const listener of deltaListeners) listener(delta);
    },
    emitReadings: (delta: ReadingsDelta) => {
      for (const listener of readingsListeners.get(delta.device) ?? []) listener(delta);
    },
    listeners: () => deltaListeners.size + [...readingsListeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

export type FakePorts = ReturnType<typeof fakePorts>;
