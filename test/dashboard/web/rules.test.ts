import { expect, test } from 'vitest';
import { isAdapted, tellOrigin, tellValue } from '../../../dashboard/web/rules/tell-value.ts';
import { locale } from '../../../dashboard/web/state/prefs.ts';
import { ruleWords } from '../../../dashboard/web/words/device-rules.ts';
import type { RuleOrigin, RuleView } from '../../../protocol/rule-views.ts';
import { formatOf, wordsOf } from '../../../protocol/words/index.ts';

const disk = { type: 'threshold', unit: 'percent' };
const rule: RuleView = {
  ...{ id: 'disk', title: { fr: 'Disque', en: 'Disk' }, about: 'disk used_percent', ...disk, enabled: true },
  ...{
    enabledFrom: { level: 'pack' },
    passedOver: [],
    settings: [{ name: 'raise', value: 90, from: { level: 'pack' } }],
  },
};

test('values are told in their unit and language', () => {
  const tell = (name: string, value: number | string | string[], type = 'threshold') => {
    locale.value = 'fr';
    return tellValue({ ...disk, type }, { name, value }, ruleWords.value, formatOf('fr')).replace(/\s/g, ' ');
  };
  expect([
    tell('raise', 92.5),
    tell('urgency', 2),
    tell('for', '2 d'),
    tell('hours', 'open'),
    tell('intervals', 3),
  ]).toEqual(['92,5 %', 'moyenne', '2 j', 'heures d’ouverture', '3']);
  expect(tell('raise', ['critical', 'unknown'], 'status')).toBe('critique, inconnu');
  expect(tell('raise', 50, 'composite')).toBe('50 %');
  expect(tell('raise', 6, 'baseline')).toBe('6 fois l’écart habituel');
  expect(tell('least', 40, 'baseline')).toBe('40 %');
  expect(tell('others', 30, 'sales')).toBe('30 %');
  expect(tell('chance', 1e-7, 'sales')).toBe('1 / 10 000 000');
  const ups = { type: 'forecast', unit: 'nanoseconds' };
  expect(tellValue(ups, { name: 'limit', value: 3e11 }, ruleWords.value, formatOf('fr'))).toBe('5\u00a0min');
});

test('a value says where it comes from, its own rule’s nothing', () => {
  const tell = (origin: RuleOrigin) => {
    locale.value = 'en';
    const kinds = wordsOf('en').deviceKinds;
    return tellOrigin(origin, ruleWords.value, { locale: 'en', kinds, nameStore: (key) => `<${key}>` });
  };
  const title = { fr: 'Sud', en: 'South' };
  expect(tell({ level: 'pack' })).toBeUndefined();
  expect(tell({ level: 'chain', name: 'acme' })).toBe('chain acme');
  expect(tell({ level: 'group', name: 'south', title })).toBe('group South');
  expect(tell({ level: 'store', name: 'acme/lyon' })).toBe('store <acme/lyon>');
  expect(tell({ level: 'kind', name: 'till, server' })).toBe(
    [wordsOf('en').deviceKinds.till, wordsOf('en').deviceKinds.server].join(', '),
  );
  expect(tell({ level: 'kind', name: 'ups', within: 'acme/lyon' })).toMatch(/, store <acme\/lyon>$/);
  expect(tell({ level: 'kind', name: 'ups', within: 'south', title })).toMatch(/, group South$/);
  expect(tell({ level: 'kind', name: 'ups', within: 'acme' })).toMatch(/, chain acme$/);
  expect(tell({ level: 'device', name: 'acme/lyon/till-1' })).toBe('this device');
});

test('adapted is what has a value, a switch or an override of its own', () => {
  const store: RuleOrigin = { level: 'store', name: 'acme/lyon' };
  expect(isAdapted(rule)).toBe(false);
  expect(isAdapted({ ...rule, enabledFrom: store })).toBe(true);
  expect(isAdapted({ ...rule, passedOver: [store] })).toBe(true);
  expect(isAdapted({ ...rule, settings: [{ name: 'raise', value: 90, from: store }] })).toBe(true);
});
