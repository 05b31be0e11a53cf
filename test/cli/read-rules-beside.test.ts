import { expect, test } from 'vitest';
import { parseRulePack } from '../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath, readRules } from '../../alerting/rules/read-rule-pack.ts';
import { RulesReader } from '../../cli/rules/read-beside.ts';

const { text } = readRules(defaultRulePackPath);
/** The default rules with another limit for the disks of so many stores. */
const long = (stores: number, raise: (at: number) => number) =>
  `${text}\noverrides:\n${Array.from(
    { length: stores },
    (_, at) => `  - { at: { store: demo/${at} }, rule: disk-full, set: { raise: ${raise(at)} } }\n`,
  ).join('')}`;

test('long rules are read in a thread of their own, as they are here, and others have their turn meanwhile', async () => {
  const written = long(1_500, (at) => 96 + (at % 3));
  const reader = new RulesReader();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const pack = await reader.read(written, 'rules');
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
  const here = parseRulePack(written, 'rules');
  expect(JSON.stringify(pack)).toBe(JSON.stringify(here));
  const settings = { ...pack.inheritance?.settings[0], for: '47 s' };
  expect(pack.inheritance?.variantOf(0, settings)).toEqual(here.inheritance?.variantOf(0, settings));
  expect(await reader.read(written, 'revision 7')).toBe(pack);
});

test('their faults are told as they are here, one text after the other', async () => {
  const wrong = long(700, (at) => (at === 650 ? 10 : 96));
  const faultsOf = (read: () => unknown) =>
    Promise.resolve()
      .then(read)
      .then(undefined, ({ faults }) => faults);
  const reader = new RulesReader();
  const all = [wrong, 'rules: [', text].map((one) => faultsOf(() => reader.read(one, 'rules')));
  const [far, short, good] = await Promise.all(all);
  expect(far).toEqual(await faultsOf(() => parseRulePack(wrong, 'rules')));
  expect(far).toMatchObject([{ path: '/overrides/650/set/clear' }]);
  expect(short).toEqual(await faultsOf(() => parseRulePack('rules: [', 'rules')));
  expect(good).toMatchObject({ rules: expect.any(Array) });
});
