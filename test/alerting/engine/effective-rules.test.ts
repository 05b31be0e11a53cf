import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type EffectiveRule, inheritedIn, readEffectiveRules } from '../../../alerting/engine/effective-rules.ts';
import { emptyState, step } from '../../../alerting/engine/engine.ts';
import type { RulePack } from '../../../alerting/engine/types.ts';
import { parseRulePack } from '../../../alerting/rules/parse-rule-pack.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';

const base = {
  ...{ title: { fr: 'règle', en: 'rule' }, severity: 'warning', urgency: 3, hours: 'always' },
  ...{ for: '1 min', clearFor: '1 min' },
};
const disk = {
  ...base,
  ...{ id: 'disk', type: 'threshold', measurement: 'disk', field: 'used_percent', direction: 'above' },
  ...{ raise: 90, clear: 10 },
};
const silent = { ...base, id: 'silent', type: 'silence', intervals: 3, stoppedFor: '5 min' };
const packWith = (overrides: object[], groups: object = {}, rules: object[] = [disk, silent]): RulePack =>
  parseRulePack(stringify({ settle: '15 s', quiet: '30 s', grace: '60 s', rules, groups, overrides }), 'pack');

const till: Device = { name: 'till-1', kind: 'till', lane: 1 };
const lyon: Store = {
  ...{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', region: 'Sud' },
  ...{ attributes: { carrier: 'Orange' }, devices: [till, { name: 'server', kind: 'server' }] },
};

const rulesOf = (pack: RulePack, device = till): EffectiveRule[] =>
  readEffectiveRules(pack)(lyon, device, `acme/lyon/${device.name}`);
/** `value level override`. */
const originOf = (pack: RulePack, name: string, device = till): string => {
  const [rule] = rulesOf(pack, device);
  const setting = rule?.settings.find((one) => one.name === name);
  return [setting?.value, ...Object.values(setting?.from ?? {})].join(' ');
};

const AT = {
  chain: { chain: 'acme' },
  group: { group: 'south' },
  store: { store: 'acme/lyon' },
  kind: { kind: 'till' },
  device: { device: 'acme/lyon/till-1' },
};
const GROUPS = { south: { regions: ['SUD'] } };

describe('where a value comes from', () => {
  test('the pack itself', () => expect(originOf(packWith([]), 'raise')).toBe('90 pack'));

  test('the more specific wins, wherever it stands in the file', () => {
    const levels = Object.values(AT).map((at, index) => ({ at, rule: 'disk', set: { raise: 50 + index } }));
    for (let count = 1; count <= levels.length; count++) {
      const pack = packWith(levels.slice(0, count).reverse(), GROUPS);
      expect(originOf(pack, 'raise')).toBe(`${49 + count} ${Object.keys(AT)[count - 1]} 0`);
    }
  });

  test('of two of one level the later', () =>
    expect(
      originOf(
        packWith([
          { at: AT.store, rule: 'disk', set: { raise: 60 } },
          { at: AT.store, rule: '*', set: { urgency: 1 } },
          { at: AT.store, rule: 'd*', set: { raise: 70 } },
        ]),
        'raise',
      ),
    ).toBe('70 store 2'));

  test('a kind in a store before the kind everywhere', () => {
    const pack = packWith([
      { at: { kind: ['till', 'server'], store: 'acme/lyon' }, rule: 'disk', set: { raise: 60 } },
      { at: { kind: 'till', chain: 'acme' }, rule: 'disk', set: { raise: 70 } },
      { at: { kind: 'till' }, rule: 'disk', set: { raise: 75 } },
    ]);
    expect(originOf(pack, 'raise')).toBe('60 kind 0');
    expect(rulesOf(pack)[0]?.rule).toMatchObject({ raise: 60, clear: 10 });
  });

  test('each value by itself', () => {
    const pack = packWith([
      { at: AT.chain, rule: 'disk', set: { raise: 60, urgency: 2 } },
      { at: AT.device, rule: 'disk', set: { urgency: 1 }, why: 'the only one' },
    ]);
    expect([originOf(pack, 'raise'), originOf(pack, 'urgency'), originOf(pack, 'for')]).toEqual([
      '60 chain 0',
      '1 device 1',
      '1 min pack',
    ]);
    expect(rulesOf(pack)[0]?.rule).toMatchObject({ raise: 60, urgency: 1, forS: 60 });
  });

  test('a rule that is switched off is told, with who did it, and may be switched on again below', () => {
    const off = { at: AT.chain, rule: '*', enabled: false };
    expect(rulesOf(packWith([off])).map(({ enabled, enabledFrom }) => [enabled, enabledFrom])).toEqual([
      [false, { level: 'chain', override: 0 }],
      [false, { level: 'chain', override: 0 }],
    ]);
    const on = { at: AT.kind, rule: 'silent', enabled: true };
    expect(rulesOf(packWith([off, on])).map(({ enabled }) => enabled)).toEqual([false, true]);
  });

  test('one that does not go with what stands is passed over whole', () => {
    const pack = packWith(
      [
        { at: AT.group, rule: 'disk', set: { raise: 40 } },
        { at: AT.kind, rule: 'disk', set: { clear: 50, urgency: 1 } },
        { at: AT.device, rule: 'disk', set: { raise: 45 } },
      ],
      GROUPS,
    );
    const [rule] = rulesOf(pack);
    expect(rule?.rule).toMatchObject({ raise: 45, clear: 10, urgency: 3 });
    expect(rule?.passedOver).toEqual([1]);
  });
});

describe('groups of stores', () => {
  const takes = (group: object): boolean =>
    originOf(packWith([{ at: { group: 'g' }, rule: 'disk', set: { raise: 50 } }], { g: group }), 'raise') ===
    '50 group 0';
  const cases: [object, boolean][] = [
    [{ regions: ['S*'] }, true],
    [{ regions: ['Nord'] }, false],
    [{ chains: ['ac*'], attributes: { 'store.carrier': 'orange' } }, true],
    [{ chains: ['other'], attributes: { 'store.carrier': 'orange' } }, false],
    [{ regions: ['Sud'], attributes: { 'store.carrier': ['SFR', 'Free'] } }, false],
    [{ stores: ['acme/lyon'] }, true],
    [{ stores: ['acme/lille'] }, false],
    [{ regions: ['Nord'], stores: ['acme/lyon'] }, true],
  ];
  for (const [group, taken] of cases) test(JSON.stringify(group), () => expect(takes(group)).toBe(taken));
});

test('every value is that of the most specific override that names it', () => {
  const LEVELS = ['chain', 'group', 'store', 'kind', 'device'] as const;
  const override = fc.record({
    level: fc.constantFrom(...LEVELS),
    isElsewhere: fc.boolean(),
    set: fc.dictionary(fc.constantFrom('raise', 'urgency', 'for', 'hours'), fc.nat({ max: 2 }), { minKeys: 1 }),
  });
  const written = {
    raise: [60, 70, 80],
    urgency: [1, 2, 3],
    for: ['1 s', '2 s', '3 s'],
    hours: ['open', 'always', 'open'],
  };
  const elsewhere = {
    ...{ chain: { chain: 'other' }, group: { group: 'north' }, store: { store: 'acme/nice' } },
    ...{ kind: { kind: 'printer' }, device: { device: 'acme/lyon/till-2' } },
  };
  fc.assert(
    fc.property(fc.array(override, { maxLength: 8 }), (overrides) => {
      const file = overrides.map(({ level, isElsewhere, set }) => ({
        at: isElsewhere ? elsewhere[level] : AT[level],
        rule: 'disk',
        set: Object.fromEntries(
          Object.entries(set).map(([name, choice]) => [name, written[name as keyof typeof written][choice]]),
        ),
      }));
      const pack = packWith(file, { ...GROUPS, north: { regions: ['Nord'] } });
      const [rule] = rulesOf(pack);
      for (const { name, value, from } of rule?.settings ?? []) {
        const naming = [...overrides.entries()].filter(([, one]) => !one.isElsewhere && Object.hasOwn(one.set, name));
        const best = naming.reduce<number | undefined>((known, [index, { level }]) => {
          if (known === undefined) return index;
          return LEVELS.indexOf(level) >= LEVELS.indexOf(overrides[known]?.level ?? 'chain') ? index : known;
        }, undefined);
        expect(from).toEqual(
          best === undefined ? { level: 'pack' } : { level: overrides[best]?.level, override: best },
        );
        const own = file[best ?? -1]?.set[name] ?? (disk as Record<string, unknown>)[name];
        expect(value).toEqual(own);
      }
      // The engine judges by what is told.
      const variant = inheritedIn(pack);
      const held = variant?.findOverrides(lyon, till, 'acme/lyon/till-1') ?? [];
      if (variant) expect(variant.variantAt(0, held)?.rule).toEqual(rule?.rule);
    }),
    { numRuns: 300 },
  );
});

test('devices whose rules have equal values share them, wherever the values come from', () => {
  const stores = Array.from({ length: 50 }, (_, at) => `store-${at}`);
  const overrides = stores.map((store, at) => ({
    at: { store: `acme/${store}` },
    rule: 'disk',
    set: { raise: 60 + (at % 2) },
  }));
  const state = emptyState(packWith(overrides));
  for (const name of [...stores, 'plain']) {
    const definition = { ...lyon, name };
    step(state, { kind: 'inventory', store: `acme/${name}`, simulated: false, definition }, 0);
  }
  const judgedOf = (key: DeviceKey) => state.devices.get(key)?.judged;
  expect(judgedOf('acme/store-0/till-1')).toBe(judgedOf('acme/store-2/till-1'));
  expect(judgedOf('acme/store-0/till-1')).not.toBe(judgedOf('acme/store-1/till-1'));
  const all = new Set([...state.devices.values()].map(({ judged }) => judged));
  // Of two kinds of device without overrides, and of two values: 60 and 61.
  expect(all.size).toBe(4);
});

test('a pack that shares what is inherited, and not the rules, has its own rules in force everywhere', () => {
  const pack = packWith([{ at: AT.device, rule: 'disk', set: { raise: 70 } }]);
  inheritedIn(pack);
  const rules = pack.rules.map((rule) => ({ ...rule }));
  const again: RulePack = { ...pack, rules };
  expect(inheritedIn(again)?.variantAt(1, [0])?.rule).toBe(rules[1]);
});
