import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseRulePack, RulePackError } from '../../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath } from '../../../alerting/rules/read-rule-pack.ts';

const base = {
  title: { fr: 'règle', en: 'rule' },
  severity: 'warning',
  urgency: 3,
  hours: 'always',
  for: '1 min',
  clearFor: '1 min',
};
const disk = {
  ...base,
  ...{ id: 'disk', type: 'threshold', measurement: 'disk', field: 'used_percent', direction: 'above' },
  ...{ raise: 90, clear: 80 },
};
const cpu = {
  ...base,
  ...{ id: 'cpu', type: 'threshold', measurement: 'cpu', field: 'usage_active', direction: 'above' },
  ...{ raise: 95, clear: 90, window: '10 min', aggregate: 'avg' },
};
const silent = { ...base, id: 'silent', type: 'silence', intervals: 3, stoppedFor: '5 min' };
const wifi = { ...base, id: 'wifi', type: 'composite', when: 'down', raise: 50, clear: 25, kinds: ['access-point'] };
const foreseen = {
  ...base,
  ...{ id: 'foreseen', type: 'forecast', measurement: 'disk', field: 'used_percent', by: ['path'], limit: 95 },
  ...{ direction: 'rising', within: '1 d', clearBeyond: '2 d' },
};
const RULES = [disk, cpu, silent, wifi, foreseen];

const packWith = (overrides: string, groups = '{}') =>
  parseRulePack(
    stringify({
      ...{ settle: '15 s', quiet: '30 s', grace: '60 s', rules: RULES },
      ...{ groups: parse(groups), overrides: parse(overrides) },
    }),
    'pack',
  );

/** `path message` of each fault. */
function faultsOf(overrides: string, groups?: string): string[] {
  try {
    packWith(overrides, groups);
    return [];
  } catch (error) {
    if (!(error instanceof RulePackError)) throw error;
    return error.faults.map(({ path, message }) => `${path} ${message}`);
  }
}

test('overrides and groups are read', () => {
  const { inheritance } = packWith(
    `
    - { at: { chain: acme }, rule: disk, set: { raise: 85, for: 5 min } }
    - { at: { group: north, kind: till }, rule: [disk, silent], set: { urgency: 1 }, why: tills there are old }
    - { at: { device: acme/lyon/till-1 }, rule: "*", enabled: false }
    `,
    '{ north: { regions: [Nord*], attributes: { store.carrier: Orange } } }',
  );
  expect(inheritance?.groups).toEqual({ north: { regions: ['Nord*'], attributes: { 'store.carrier': ['Orange'] } } });
  expect(inheritance?.overrides).toEqual([
    { at: { chain: 'acme' }, rules: [0], set: { raise: 85, for: '5 min' } },
    { at: { group: 'north', kinds: ['till'] }, rules: [0, 2], set: { urgency: 1 }, why: 'tills there are old' },
    { at: { device: 'acme/lyon/till-1' }, rules: [0, 1, 2, 4], set: {}, enabled: false },
  ]);
  expect(inheritance?.settings[0]).toMatchObject({ raise: 90, clear: 80, for: '1 min', urgency: 3 });
});

test('a pattern leaves out what has no such setting', () => {
  const taken = (overrides: string) => packWith(overrides).inheritance?.overrides.map(({ rules }) => rules);
  expect(taken('[{ at: { chain: acme }, rule: "*", set: { intervals: 5 } }]')).toEqual([[2]]);
  expect(taken('[{ at: { chain: acme }, rule: "*", set: { within: 12 h, urgency: 1 } }]')).toEqual([[4]]);
  expect(taken('[{ at: { kind: till }, rule: [silent, "f*"], set: { urgency: 1 } }]')).toEqual([[2, 4]]);
  const written = parse(readFileSync(defaultRulePackPath, 'utf8'));
  const overrides = [{ at: { chain: 'acme' }, rule: '*', set: { hours: 'always' } }];
  const { rules, inheritance } = parseRulePack(stringify({ ...written, overrides }), 'pack');
  const left = rules.filter((_, place) => !inheritance?.overrides[0]?.rules.includes(place));
  expect(left.map(({ id }) => id)).toEqual(['opening-check', 'sells-nothing']);
});

test('a rule is made anew with other settings', () => {
  const { inheritance, rules } = packWith('[]');
  const { settings, variantOf } = inheritance ?? {};
  expect(variantOf?.(0, settings?.[0] ?? {})).toEqual(rules[0]);
  expect(variantOf?.(1, { window: '1 h', aggregate: 'max' })).toMatchObject({
    window: { aggregate: 'max', seconds: 3600 },
    raise: 95,
  });
  expect(variantOf?.(0, { raise: 70 })).toBeUndefined();
});

describe('what is wrong is named, with what was expected', () => {
  const cases: [string, string, string[]][] = [
    [
      'a rule that is not there',
      '[{ at: { chain: acme }, rule: dsik, enabled: false }]',
      ['/overrides/0/rule names no rule of this pack: dsik'],
    ],
    [
      'one of a list',
      '[{ at: { chain: acme }, rule: [disk, dsik-*], enabled: false }]',
      ['/overrides/0/rule/1 names no rule of this pack: dsik-*'],
    ],
    [
      'a setting of another type',
      '[{ at: { chain: acme }, rule: silent, set: { raise: 3 } }]',
      [
        '/overrides/0/set/raise is no setting of silent, a rule of type silence; it has intervals, stoppedFor, severity, urgency, hours, for, clearFor',
      ],
    ],
    [
      'a setting of no type a pattern takes',
      '[{ at: { chain: acme }, rule: "*sil*", set: { raise: 3, for: 1 min } }]',
      ['/overrides/0/rule names no rule whose type has all of raise, for: *sil*'],
    ],
    [
      'a setting of another type, beside a pattern',
      '[{ at: { chain: acme }, rule: ["*", silent], set: { limit: 90 } }]',
      [
        '/overrides/0/set/limit is no setting of silent, a rule of type silence; it has intervals, stoppedFor, severity, urgency, hours, for, clearFor',
      ],
    ],
    [
      'what makes the rule the one it is',
      '[{ at: { chain: acme }, rule: foreseen, set: { field: inodes } }]',
      [
        '/overrides/0/set/field is no setting of foreseen, a rule of type forecast; it has limit, within, clearBeyond, over, severity, urgency, hours, for, clearFor',
      ],
    ],
    [
      'a value that cannot be',
      '[{ at: { chain: acme }, rule: disk, set: { for: soon } }]',
      ['/overrides/0/set/for must be a duration such as `30 s`, `5 min` or `1 h` (in disk)'],
    ],
    [
      'a limit beyond the other',
      '[{ at: { chain: acme }, rule: disk, set: { raise: 75 } }]',
      ['/overrides/0/set/clear must be below raise (75), its safe side; it is 80 (in disk)'],
    ],
    [
      'a forecast that would chatter',
      '[{ at: { chain: acme }, rule: foreseen, set: { within: 3 d } }]',
      ['/overrides/0/set/clearBeyond must be more than within (3 d); it is 2 d (in foreseen)'],
    ],
    [
      'a group that is not there',
      '[{ at: { group: south }, rule: disk, set: { raise: 95 } }]',
      ['/overrides/0/at/group must be one of groups (north); it is south'],
    ],
    [
      'two places',
      '[{ at: { chain: acme, store: acme/lyon }, rule: disk, set: { raise: 95 } }]',
      ['/overrides/0/at must name one of chain and store'],
    ],
    [
      'a kind of a device',
      '[{ at: { kind: till, device: acme/lyon/till-1 }, rule: disk, set: { raise: 95 } }]',
      ['/overrides/0/at/kind must be left out: a device is of one kind'],
    ],
    ['nothing to do', '[{ at: { chain: acme }, rule: disk }]', ['/overrides/0 must have set, enabled or both']],
    [
      'a group of devices, for a device',
      '[{ at: { kind: till }, rule: wifi, enabled: false }]',
      [
        '/overrides/0/rule must judge devices: wifi judges groups, of which a store has one; name a chain, a group of stores or a store',
      ],
    ],
    [
      'what does not go with a wider place',
      '[{ at: { store: acme/lyon }, rule: disk, set: { clear: 85 } }, { at: { chain: acme }, rule: disk, set: { raise: 84 } }]',
      [
        '/overrides/0/set/clear with what /overrides/1 sets there: must be below raise (84), its safe side; it is 85 (in disk)',
      ],
    ],
  ];
  for (const [title, overrides, faults] of cases) {
    test(title, () => expect(faultsOf(overrides, '{ north: { regions: [Nord] } }')).toEqual(faults));
  }

  test('a group that takes nothing', () =>
    expect(faultsOf('[]', '{ north: { title: { fr: Nord, en: North } } }')).toEqual([
      '/groups/north must say which stores it takes: chains, attributes, regions or stores',
    ]));

  test('a store that has no chain', () =>
    expect(faultsOf('[{ at: { store: lyon }, rule: disk, enabled: false }]')).toHaveLength(1));
});

test('what keeps what stood needs no time to wait', () => {
  const { inheritance } = packWith('[{ at: { chain: acme }, rule: disk, set: { noData: keep } }]');
  expect(inheritance?.overrides[0]?.set).toEqual({ noData: 'keep', after: null });
});

test.each(['docs/RULES.md', 'docs/fr/RULES.md'])('the example of %s goes with the rules Vigie has', (page) => {
  const text = readFileSync(join(import.meta.dirname, '../../..', page), 'utf8');
  const [, example = ''] = /```yaml\n(groups:\n.*?)```/s.exec(text) ?? [];
  const pack = parse(readFileSync(defaultRulePackPath, 'utf8')) as object;
  const { inheritance } = parseRulePack(stringify({ ...pack, ...(parse(example) as object) }), page);
  expect(inheritance?.overrides.map(({ rules }) => rules.length)).toEqual([1, 2, 1, 4]);
});
