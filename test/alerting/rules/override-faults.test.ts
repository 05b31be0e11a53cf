import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { faultsOfOverrides } from '../../../alerting/rules/override-faults.ts';
import { parseRulePack } from '../../../alerting/rules/parse-rule-pack.ts';
import type { Chain } from '../../../protocol/inventory.ts';

const disk = {
  ...{ id: 'disk', type: 'threshold', measurement: 'disk', field: 'used_percent', direction: 'above' },
  ...{ title: { fr: 'règle', en: 'rule' }, severity: 'warning', urgency: 3, hours: 'always' },
  ...{ for: '1 min', clearFor: '1 min', raise: 90, clear: 80 },
};

const packWith = (groups: object, overrides: object[]) =>
  parseRulePack(stringify({ settle: '15 s', quiet: '30 s', grace: '60 s', rules: [disk], groups, overrides }), 'pack');

const chain: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: [
    {
      ...{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', region: 'Sud' },
      devices: [
        { name: 'till-1', kind: 'till', lane: 1 },
        { name: 'till-2', kind: 'till', lane: 2 },
      ],
    },
  ],
};

test('places that are not there, and groups nobody is in', () => {
  const pack = packWith({ north: { regions: ['Nord'] }, list: { stores: ['acme/lyon', 'acme/lion'] } }, [
    { at: { chain: 'acne' }, rule: 'disk', enabled: false },
    { at: { store: 'acme/lyon' }, rule: 'disk', enabled: false },
    { at: { device: 'acme/lyon/till-3' }, rule: 'disk', enabled: true },
  ]);
  expect(faultsOfOverrides(pack, [chain])).toEqual([
    { path: '/overrides/0/at/chain', message: 'is not in the inventory: acne' },
    { path: '/overrides/2/at/device', message: 'is not in the inventory: acme/lyon/till-3' },
    { path: '/groups/north', message: 'takes no store of the inventory' },
    { path: '/groups/list/stores/1', message: 'is not in the inventory: acme/lion' },
  ]);
});

test('what only meets on a device is passed over there, and told', () => {
  const pack = packWith({ south: { regions: ['sud'] } }, [
    { at: { group: 'south' }, rule: 'disk', set: { raise: 84 } },
    { at: { kind: 'till' }, rule: 'disk', set: { clear: 85 } },
  ]);
  expect(faultsOfOverrides(pack, [chain])).toEqual([
    {
      path: '/overrides/1/set',
      message: 'does not go with what wider places set of disk, and is passed over for acme/lyon/till-1 and 1 more',
    },
  ]);
});

test('a pack in order', () => {
  const pack = packWith({ south: { regions: ['sud'] } }, [{ at: { group: 'south' }, rule: '*', enabled: false }]);
  expect(faultsOfOverrides(pack, [chain])).toEqual([]);
});
