import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { RulePack } from '../../alerting/engine/types.ts';
import { parseRulePack } from '../../alerting/rules/parse-rule-pack.ts';
import { createDeviceRules } from '../../cli/server/device-rules.ts';
import { Devices } from '../../collector/devices.ts';

const base = {
  ...{ title: { fr: 'règle', en: 'rule' }, severity: 'warning', urgency: 3, hours: 'always' },
  ...{ for: '1 min', clearFor: '1 min' },
};
const disk = {
  ...base,
  ...{ id: 'disk', type: 'threshold', measurement: 'disk', field: 'used_percent', direction: 'above' },
  ...{ raise: 90, clear: 80 },
};
const check = { ...base, id: 'check', type: 'status', check: ['app', 'printer'], raise: ['critical'] };
const debian = { ...check, id: 'debian', attributes: { 'observed.os': 'Debian*' } };
const packWith = (...overrides: object[]): RulePack =>
  parseRulePack(
    stringify({
      ...{ settle: '15 s', quiet: '30 s', grace: '60 s', rules: [disk, check, debian], overrides },
      groups: { south: { title: { fr: 'Sud', en: 'South' }, regions: ['Sud'] } },
    }),
    'pack',
  );

const store = {
  ...{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', region: 'Sud' },
  devices: [{ name: 'till-1', kind: 'till' as const, lane: 1 }],
};

test('rules are told with their places in words of the inventory, and anew when the pack is another', () => {
  let pack = packWith(
    { at: { group: 'south', kind: 'till' }, rule: 'disk', set: { raise: 85 }, why: 'small disks' },
    { at: { device: 'acme/lyon/till-1' }, rule: 'check', enabled: false },
  );
  let os = 'Debian 12';
  const source = createDeviceRules({
    pack: () => pack,
    devices: new Devices([{ name: 'acme', title: 'Acme', stores: [store] }]),
    assets: { observed: () => ({ os }) },
    now: () => 0,
  });
  const [first, second, third] = source.device('acme/lyon/till-1') ?? [];
  expect(first).toMatchObject({ id: 'disk', about: 'disk used_percent', unit: 'percent', enabled: true });
  expect(first?.settings.slice(0, 2)).toEqual([
    {
      ...{ name: 'raise', value: 85 },
      from: {
        ...{ level: 'kind', name: 'till', within: 'south', title: { fr: 'Sud', en: 'South' } },
        ...{ why: 'small disks', override: 0 },
      },
    },
    { name: 'clear', value: 80, from: { level: 'pack' } },
  ]);
  expect(second).toMatchObject({
    ...{ id: 'check', about: 'app, printer', enabled: false },
    enabledFrom: { level: 'device', name: 'acme/lyon/till-1', override: 1 },
  });
  expect(third?.id).toBe('debian');
  os = 'Windows';
  pack = packWith();
  expect(source.device('acme/lyon/till-1')?.map(({ id, enabled }) => [id, enabled])).toEqual([
    ['disk', true],
    ['check', true],
  ]);
  expect(source.device('acme/lyon/till-2')).toBeUndefined();
});

test('all rules are told as the pack says them, with whom they judge; anew after a while, or when the pack is another', async () => {
  let pack = packWith(
    { at: { kind: 'till' }, rule: 'disk', set: { raise: 85 } },
    { at: { device: 'acme/lyon/till-1' }, rule: 'check', enabled: false },
  );
  let os = 'Debian 12';
  let now = 0;
  const source = createDeviceRules({
    pack: () => pack,
    devices: new Devices([{ name: 'acme', title: 'Acme', stores: [store, { ...store, name: 'nice', title: 'Nice' }] }]),
    assets: { observed: () => ({ os }) },
    now: () => now,
  });
  const reach = async () => (await source.all()).map(({ id, devices, stores }) => [id, devices, stores]);
  const [first, , third] = await source.all();
  expect(first).toMatchObject({ id: 'disk', about: 'disk used_percent', unit: 'percent', overrides: 1 });
  expect(first?.settings.slice(0, 2)).toEqual([
    { name: 'raise', value: 90 },
    { name: 'clear', value: 80 },
  ]);
  expect(first).not.toHaveProperty('kinds');
  expect(third).toMatchObject({ id: 'debian', attributes: { 'observed.os': ['Debian*'] }, overrides: 0 });
  const atFirst = [
    ['disk', 2, 2],
    ['check', 1, 1],
    ['debian', 2, 2],
  ];
  expect(await reach()).toEqual(atFirst);
  os = 'Windows';
  now = 29_999;
  expect(await reach()).toEqual(atFirst);
  now = 30_000;
  expect((await reach())[2]).toEqual(['debian', 0, 0]);
  pack = packWith();
  expect((await reach())[1]).toEqual(['check', 2, 2]);
});
