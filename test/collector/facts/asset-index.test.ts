import { describe, expect, test } from 'vitest';
import { AssetIndex } from '../../../collector/facts/asset-index.ts';
import { readQuery } from '../../../collector/facts/asset-query.ts';
import type { KeptFacts } from '../../../collector/ports.ts';
import { type AssetQuery, AssetQueryError } from '../../../dashboard/ports.ts';
import type { AssetSource } from '../../../protocol/asset-columns.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';

const CHAIN: Chain = {
  name: 'c',
  title: 'Brico',
  stores: [
    {
      name: 'lyon',
      title: 'Lyon',
      region: 'Rhône',
      timeZone: 'Europe/Paris',
      attributes: { carrier: 'Orange' },
      devices: [
        {
          name: 'till-1',
          kind: 'till',
          lane: 1,
          asset: { serial: 'BOOK', warrantyUntil: '2026-12-31', contract: 'Gold' },
        },
        { name: 'till-2', kind: 'till', lane: 2 },
        { name: 'till-10', kind: 'till', lane: 10, asset: { serial: 'S10', warrantyUntil: '2028-01-01' } },
        { name: 'router', kind: 'router', attributes: { model: 'ISR 1100' } },
      ],
    },
  ],
};
const facts = (device: string, told: Record<string, string>): KeptFacts => ({
  device: `c/lyon/${device}` as DeviceKey,
  boot: 'boot0001',
  seq: 1,
  at: Date.UTC(2026, 0, 2),
  facts: told,
  unread: device === 'till-1' ? { disk: 'permission' } : {},
});
const KEPT = [
  facts('till-1', {
    'machine.serial': 'SEEN',
    'machine.model': 'TCx 800',
    'os.name': 'Windows 10 IoT',
    'software[pos].version': '8.10.0',
    'usb[04b8:0202].name': 'TM-T88V',
    'usb[0c2e:0901].name': 'Scanner',
    'disk[sda].gigabytes': '128',
    'disk[sdb].gigabytes': '500',
  }),
  facts('till-2', { 'machine.model': 'TCx 810', 'os.name': 'Debian 12', 'software[pos].version': '8.9' }),
];

function opened(kept = KEPT) {
  const rows = kept.map((row, place) => ({ row, revision: place + 1 }));
  return {
    rows,
    index: new AssetIndex(
      {
        since: async (revision) => ({
          revision: Math.max(revision, ...rows.map((one) => one.revision)),
          facts: rows.filter((one) => one.revision > revision).map(({ row }) => row),
        }),
        history: async () => [],
      },
      () => [CHAIN],
    ),
  };
}
const query = (q: string, more: Partial<AssetQuery> = {}): AssetQuery => ({
  q,
  sort: 'key',
  descending: false,
  ...more,
});
const found = async (q: string, more: Partial<AssetQuery> = {}) =>
  (await opened().index.all(query(q, more))).map(({ key }) => key.slice('c/lyon/'.length));

describe('a search', () => {
  test.each<[string, string[]]>([
    ['', ['router', 'till-1', 'till-10', 'till-2']],
    ['kind:till', ['till-1', 'till-10', 'till-2']],
    ['kind:TILL -os:windows*', ['till-10', 'till-2']],
    ['os:"windows 10 iot"', ['till-1']],
    ['scanner', ['till-1']],
    ['04b8', ['till-1']],
    ['usb:04b8:0202', ['till-1']],
    ['usb:04b8*', ['till-1']],
    ['usb:04b8', []],
    ['software.pos<8.10', ['till-2']],
    ['software.pos>=8.10', ['till-1']],
    ['warranty_until<2027-01-01', ['till-1']],
    ['warranty_until>=2027-01-01', ['till-10']],
    ['no:warranty_until kind:till', ['till-2']],
    ['serial:S10', ['till-10']],
    ['serial:SEEN', ['till-1']],
    ['serial:BOOK', []],
    ['book', ['till-1']],
    ['model:isr*', ['router']],
    ['store.carrier:orange lane>1', ['till-10', 'till-2']],
    ['disk_gb>600', ['till-1']],
    ['disk[sda].gigabytes=128', []],
    ['os.name:debian*', ['till-2']],
    ['lyon gold', ['till-1']],
    ['.*', []],
  ])('%s', async (q, keys) => {
    expect(await found(q)).toEqual(keys);
  });

  test('of many stars takes no time', async () => {
    const books = { device: { name: 'till-1', kind: 'till' }, facts: new Map() };
    const { matches } = readQuery(`device.note:${'*e'.repeat(40)}*~`);
    const note = 'e'.repeat(4_000);
    expect(matches({ ...books, device: { ...books.device, attributes: { note } } } as unknown as AssetSource)).toBe(
      false,
    );
  });

  test('is ordered by what a column means, what has no value last', async () => {
    expect(await found('', { sort: 'lane' })).toEqual(['till-1', 'till-2', 'till-10', 'router']);
    expect(await found('', { sort: 'lane', descending: true })).toEqual(['till-10', 'till-2', 'till-1', 'router']);
  });

  test('what cannot be understood is told in both languages', async () => {
    const asked = opened().index.all(query('colour:red'));
    await expect(asked).rejects.toThrow(AssetQueryError);
    const error: AssetQueryError = await asked.catch((thrown) => thrown);
    expect(error.faults).toMatchObject([{ term: 'colour:red', fr: expect.stringContaining('«\u202fcolour\u202f»') }]);
    await expect(opened().index.search(query(''), { limit: 1, after: 'nowhere' })).rejects.toThrow(AssetQueryError);
    await expect(opened().index.all(query('', { sort: 'colour' }))).rejects.toThrow(AssetQueryError);
  });

  test('pages fit together, also when the row a page ended with is gone', async () => {
    const { index } = opened();
    const first = await index.search(query('', { sort: 'lane' }), { limit: 2 });
    expect([first.total, first.assets.length]).toEqual([4, 2]);
    const rest = await index.search(query('', { sort: 'lane' }), { limit: 2, after: first.next as string });
    expect(rest.assets.map(({ key }) => key)).toEqual(['c/lyon/till-10', 'c/lyon/router']);
    expect(rest.next).toBeUndefined();
    const gone = await index.search(query('-device:till-2', { sort: 'lane' }), {
      limit: 9,
      after: first.next as string,
    });
    expect(gone.assets.map(({ key }) => key)).toEqual(['c/lyon/till-10', 'c/lyon/router']);
  });
});

test('each fact says where it comes from, and where the books say something else', async () => {
  const detail = await opened().index.device('c/lyon/till-1');
  expect(detail?.facts).toContainEqual({ path: 'machine.serial', value: 'SEEN', source: 'observed', imported: 'BOOK' });
  expect(detail?.facts).toContainEqual({ path: 'book.warrantyUntil', value: '2026-12-31', source: 'imported' });
  expect(detail).toMatchObject({ unread: { disk: 'permission' }, gatheredAt: Date.UTC(2026, 0, 2) });
  expect(await opened().index.device('c/lyon/nobody')).toBeUndefined();
  const router = await opened().index.device('c/lyon/router');
  expect(router?.facts).toEqual([{ path: 'attribute[model].value', value: 'ISR 1100', source: 'imported' }]);
});

test('what changes later is found as it is then, and rules hear it by name', async () => {
  const { index, rows } = opened();
  await index.refresh();
  expect(index.observed('c/lyon/till-2')).toEqual({ model: 'TCx 810', os: 'Debian 12', 'software.pos': '8.9' });
  rows.push({ row: facts('till-2', { 'os.name': 'Debian 13' }), revision: 9 });
  expect((await index.all(query('os:"debian 13"'))).map(({ key }) => key)).toEqual(['c/lyon/till-2']);
  expect([...index.allObserved()].map(([key]) => key).sort()).toEqual(['c/lyon/till-1', 'c/lyon/till-2']);
  expect(index.observed('c/lyon/router')).toBeUndefined();
});
