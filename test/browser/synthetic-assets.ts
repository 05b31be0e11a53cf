import { ASSET_COLUMNS } from '../../protocol/asset-columns.ts';
import type { Locale } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { DeviceView, StoreTile } from '../../protocol/views.ts';
import { factTitle } from '../../protocol/words/facts.ts';
import type { SyntheticChain } from './synthetic-chain.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface SyntheticAsset {
  key: DeviceKey;
  values: Record<string, string>;
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What is known of every device, as the inventory's rows have it. */
export const makeAssets = (stores: SyntheticChain['stores'], now: number): SyntheticAsset[] =>
  [...stores.values()].flatMap(({ tile, devices }) => devices.map((view, i) => assetOf(tile, view, i, now)));

function assetOf(tile: StoreTile, view: DeviceView, i: number, now: number): SyntheticAsset {
  const [chain = '', store = '', device = ''] = view.key.split('/');
  const till = view.kind === 'till';
  const number = Number(store) * 100 + i;
  const known: Record<string, string> =
    till || view.kind === 'server'
      ? {
          vendor: till ? 'Toshiba' : 'Dell Inc.',
          model: till ? (number % 3 === 0 ? 'TCx 810' : 'TCx 700') : 'PowerEdge T150',
          serial: `41-K${(number * 7919).toString(36).toUpperCase().slice(-5)}`,
          os: number % 4 === 0 ? 'Windows 10 IoT Enterprise LTSC' : 'Debian GNU/Linux',
          os_version: number % 4 === 0 ? '10.0.19044' : '12.7',
          agent: i % 9 === 8 ? '1.0.4' : '1.1.0',
          software: number % 5 === 0 ? 'pos 8.4.2' : 'pos 8.5.0',
          seen_at: new Date(now - (number % 300) * 60_000).toISOString(),
        }
      : { vendor: 'Cisco', model: view.kind === 'router' ? 'C1111-4P' : 'CBS350-24T' };
  return {
    key: view.key,
    values: {
      key: view.key,
      chain,
      store,
      store_title: tile.title,
      region: tile.region,
      device,
      title: view.title,
      kind: view.kind,
      ...known,
      warranty_until: isoDay(now + ((number % 900) - 250) * DAY_MS),
      contract: number % 2 === 0 ? 'Gold 4 h' : 'Silver J+1',
    },
  };
}

/** What the fixture understands of a search: words, `column:value` with `*`, and days before another. */
export function findAssets(all: readonly SyntheticAsset[], query: URLSearchParams): SyntheticAsset[] {
  const terms = (query.get('q') ?? '').match(/[^\s"]+"[^"]*"|\S+/g) ?? [];
  const found = all.filter(({ values }) =>
    terms.every((term) => {
      const [, column = '', sign, wanted = ''] = /^([a-z_]+)([:<])(.*)$/.exec(term.replaceAll('"', '')) ?? [];
      if (sign === undefined) return Object.values(values).join(' ').toLowerCase().includes(term.toLowerCase());
      const value = values[column];
      if (value === undefined) return false;
      if (sign === '<') return value < wanted;
      return wanted.endsWith('*')
        ? value.toLowerCase().startsWith(wanted.slice(0, -1).toLowerCase())
        : value.toLowerCase() === wanted.toLowerCase();
    }),
  );
  const sort = query.get('sort') ?? 'key';
  const column = sort.replace('-', '');
  const order = sort.startsWith('-') ? -1 : 1;
  return found.sort((a, b) => order * (a.values[column] ?? '~').localeCompare(b.values[column] ?? '~'));
}

export const columnsIn = (locale: Locale) => ASSET_COLUMNS.map(({ id, [locale]: title }) => ({ id, title }));

/** What a till is made of. */
export function makeFacts(asset: SyntheticAsset, now: number, locale: Locale) {
  const { values } = asset;
  const observed: Record<string, string> = {
    'machine.vendor': values.vendor ?? '',
    'machine.model': values.model ?? '',
    'machine.serial': values.serial ?? '',
    'machine.biosVersion': 'K1.42',
    'machine.biosDate': '2023-11-02',
    'processor.model': 'Intel Celeron J6412',
    'processor.count': '4',
    'memory.megabytes': '7824',
    'disk[sda].model': 'Kingston OM8PGP4128',
    'disk[sda].serial': '50026B76870C21F3',
    'disk[sda].gigabytes': '128',
    'network[eno1].mac': '00:1b:21:3a:4f:5c',
    'network[eno1].addresses': '10.12.4.21',
    'network[eno1].speed': '1000',
    'os.name': values.os ?? '',
    'os.version': values.os_version ?? '',
    'os.kernel': '6.1.0-28-amd64',
    'software[pos].version': '8.5.0',
    'usb[0c2e:0901].name': 'Granit 1981i',
    'usb[04b8:0202].name': 'TM-T88VI',
    'printer[ticket].device': 'usb://EPSON/TM-T88VI',
    'agent.version': values.agent ?? '',
  };
  const imported: Record<string, string> = {
    'attribute.position': 'Ligne 2, sortie nord',
    'book.serial': values.serial ?? '',
    'book.warrantyUntil': values.warranty_until ?? '',
    'book.contract': values.contract ?? '',
    'book.supplier': 'Nordcash Services',
    'book.costCentre': 'MAG-4120',
    'book.boughtOn': '2023-05-12',
  };
  const fact =
    (source: 'observed' | 'imported') =>
    ([path, value]: [string, string]) => ({
      path,
      title: factTitle(path, locale),
      value,
      source,
      ...(path === 'machine.serial' && { imported: '41-KX902' }),
    });
  return {
    ...asset,
    facts:
      values.seen_at === undefined
        ? []
        : [...Object.entries(observed).map(fact('observed')), ...Object.entries(imported).map(fact('imported'))],
    ...(values.seen_at !== undefined && { gatheredAt: now - 2 * HOUR_MS }),
    unread: [
      {
        path: 'monitor',
        title: factTitle('monitor', locale),
        reason: 'permission',
        text: locale === 'fr' ? 'l’agent n’a pas le droit de le lire' : 'the agent may not read it',
      },
    ],
  };
}

/** What changed on the first few devices, newest first. */
export function makeChanges(assets: readonly SyntheticAsset[], now: number, locale: Locale) {
  const kinds = [
    { path: 'software[pos].version', from: '8.4.2', to: '8.5.0' },
    { path: 'usb[0c2e:0901].name', from: 'Granit 1981i' },
    { path: 'disk[sda].serial', from: '50026B76870B88A0', to: '50026B76870C21F3' },
    { path: 'memory.megabytes', from: '3912', to: '7824' },
    { path: 'machine.biosVersion', from: 'K1.40', to: 'K1.42' },
  ];
  return assets.slice(0, 40).map(({ key, values }, i) => {
    const { path, ...change } = kinds[i % kinds.length] as (typeof kinds)[number];
    return {
      device: key,
      deviceTitle: values.title,
      at: now - (i * i + 1) * 11 * 60_000,
      path,
      title: factTitle(path, locale),
      ...change,
    };
  });
}
