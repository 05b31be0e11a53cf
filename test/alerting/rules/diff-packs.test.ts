import { expect, test } from 'vitest';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { Rule } from '../../../alerting/engine/types.ts';
import { diffPacks } from '../../../alerting/rules/diff-packs.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import type { AlertView } from '../../../protocol/views.ts';
import { composite, packOf, silence, status, storeOf, threshold, till } from '../engine/lab.ts';

const chain: Chain = {
  name: 'chain',
  title: 'Chain',
  stores: [
    storeOf([till(1), till(2), { name: 'srv', kind: 'server' }], { attributes: { carrier: 'Orange' } }),
    storeOf([till(1)], { name: 'nice', attributes: { carrier: 'SFR' } }),
  ],
};
const alert = (device: string, rule: string, more: Partial<AlertView> = {}): AlertView => ({
  ...{ key: `chain/${device}#${rule}#`, device: `chain/${device}` as AlertView['device'], rule, instance: '' },
  ...{ severity: 'critical', state: 'firing', since: 1, reason: { code: 'presence.lost' } },
  ...more,
});
const diff = (before: Rule[], after: Rule[], alerts: AlertView[] = [], os = 'Linux') =>
  diffPacks(
    packOf(...before),
    packOf(...after),
    { inventory: [chain], observed: () => ({ os }), alerts },
    async () => {},
  );

test('rules that say the same change nothing', async () => {
  const same = { rules: [], values: [], devices: 0, stores: 0, endingCount: 0, ending: [] };
  expect(await diff([silence(), threshold()], [silence(), threshold()], [alert('lyon/till-1', 'disk')])).toEqual(same);
  expect(await diff([silence(), threshold()], [threshold(), silence()])).toEqual(same);
});

test('names every value that changes as its file writes it, and counts whom it touches', async () => {
  const before = threshold({
    scope: { kinds: ['till'] },
    forS: 90,
    window: { aggregate: 'avg', seconds: 600, coverage: 0.8 },
    noData: { does: 'alert', afterS: 3_600 },
  });
  const after = threshold({
    scope: { kinds: ['till', 'server'], attributes: { 'store.carrier': ['Orange', 'Free'] } },
    forS: 300,
    window: { aggregate: 'avg', seconds: 1_200, coverage: 0.5 },
    raise: 95,
    severity: 'warning',
    title: { fr: 'disque', en: 'rule' },
  });
  const { rules, devices, stores } = await diff([before, silence()], [after, silence()]);
  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({ id: 'disk', what: 'changed', devices: 4, stores: 2, gains: 1, loses: 1 });
  expect([devices, stores]).toEqual([4, 2]);
  const lines = rules[0]?.values.map(({ path, before, after }) => `${path}: ${before} > ${after}`);
  expect(lines?.toSorted()).toEqual([
    'after: 1 h > undefined',
    'attributes.store.carrier: undefined > Orange, Free',
    'coverage: 80 > 50',
    'for: 90 s > 5 min',
    'kinds: till > till, server',
    'noData: alert > undefined',
    'raise: 90 > 95',
    'severity: critical > warning',
    'title.fr: règle > disque',
    'window: 10 min > 20 min',
  ]);
});

test('tells what is added, what is gone, and what another rule of silence takes', async () => {
  const own = silence({ id: 'orange', scope: { attributes: { 'store.carrier': ['Orange'] } } });
  const { rules, devices, stores } = await diff([silence(), status()], [own, silence(), threshold()]);
  expect(rules.map(({ id, what, devices, stores, gains, loses }) => [id, what, devices, stores, gains, loses])).toEqual(
    [
      ['orange', 'added', 3, 1, 3, 0],
      ['silent', 'changed', 3, 1, 0, 3],
      ['disk', 'added', 4, 2, 4, 0],
      ['check', 'removed', 4, 2, 0, 4],
    ],
  );
  expect([devices, stores]).toEqual([4, 2]);
});

test('asks what agents tell where a rule does', async () => {
  const windows = threshold({ scope: { attributes: { 'observed.os': ['Windows*'] } } });
  expect((await diff([], [windows])).devices).toBe(0);
  expect((await diff([], [windows], [], 'Windows 10')).devices).toBe(4);
});

test('names the alerts that find no rule to go on under, the firing ones first', async () => {
  const group = composite({ scope: { kinds: ['till'] } });
  const standing = [
    alert('lyon/till-1', 'check', { key: 'pos', instance: 'pos', state: 'pending' }),
    alert('lyon/till-1', 'check', { key: 'backup', instance: 'backup' }),
    alert('lyon/till-2', 'disk', { key: 'disk' }),
    alert('lyon/till-2', 'disk', { key: 'disk' }),
    alert('lyon/srv', 'silent', { key: 'silent' }),
    alert('lyon', 'group', { key: 'group' }),
    alert('lyon/till-1', 'silent', { key: 'over', state: 'resolved' }),
    alert('lyon/till-9', 'silent', { key: 'not ours' }),
  ];
  const before = [silence(), threshold(), status(), group];
  expect(
    (await diff(before, [silence(), threshold({ raise: 99 }), status(), { ...group, raise: 80 }], standing)).ending,
  ).toEqual([]);
  const after = [silence({ scope: { kinds: ['till'] } }), threshold({ field: 'free' }), status({ except: ['pos'] })];
  const { ending, endingCount } = await diff(before, after, standing);
  expect(ending.map(({ key, state }) => [key, state])).toEqual([
    ['disk', 'firing'],
    ['silent', 'firing'],
    ['group', 'firing'],
    ['pos', 'pending'],
  ]);
  expect(endingCount).toBe(4);
});

test('tells what is no rule’s: settling, weighing, deadlines, cost', async () => {
  const pack = packOf(silence());
  const agreed = (restore: number) => ({
    ...DEFAULT_JUDGEMENT,
    contracts: [{ targetsS: { respond: {}, restore: { 1: restore } }, escalateAt: [50, 75, 100] as const }],
  });
  const { values, rules } = await diffPacks(
    { ...pack, judgement: agreed(3_600) },
    { ...pack, settleS: 30, judgement: agreed(7_200) },
    { inventory: [chain], observed: () => undefined, alerts: [] },
    async () => {},
  );
  expect(rules).toEqual([]);
  expect(values).toEqual([
    { path: 'settle', before: '15 s', after: '30 s' },
    { path: 'judgement.contracts[0].targets.restore.1', before: '1 h', after: '2 h' },
  ]);
});

test('where there are many stores, others have their turn in between, and all of them are counted', async () => {
  const stores = Array.from({ length: 320 }, (_, at) => storeOf([till(1)], { name: `s${at}` }));
  let pauses = 0;
  const effect = await diffPacks(
    packOf(threshold()),
    packOf(threshold({ raise: 95 })),
    { inventory: [{ ...chain, stores }, chain], observed: () => undefined, alerts: [] },
    async () => void pauses++,
  );
  expect(effect).toMatchObject({ devices: 324, stores: 322 });
  expect(pauses).toBeGreaterThanOrEqual(5);
});
