import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import { parseRulePack, RulePackError } from '../../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';

const rule = {
  id: 'silent',
  title: { fr: 'a', en: 'b' },
  type: 'silence',
  severity: 'warning',
  urgency: 3,
  hours: 'always',
  for: '1 min',
  clearFor: '1 min',
  intervals: 3,
  stoppedFor: '5 min',
};
const packOf = (judgement?: unknown) =>
  stringify({
    settle: '15 s',
    quiet: '30 s',
    grace: '1 min',
    ...(judgement !== undefined && { judgement }),
    rules: [rule],
  });
const read = (judgement?: unknown) => parseRulePack(packOf(judgement), 'pack.yaml').judgement;

function faultsOf(judgement: unknown): string[] {
  try {
    read(judgement);
  } catch (error) {
    if (error instanceof RulePackError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('the judgement of a rule pack', () => {
  it('is left out, or is as it always was where nothing is said', () => {
    expect(read()).toBeUndefined();
    expect(read({})).toEqual(DEFAULT_JUDGEMENT);
  });

  it('in the pack that ships has the usual matrix and a contract for everybody', () => {
    const { judgement } = readRulePack(defaultRulePackPath);
    expect(judgement).toEqual({
      ...DEFAULT_JUDGEMENT,
      contracts: [
        {
          targetsS: {
            respond: { 1: 900, 2: 1800, 3: 7200 },
            restore: { 1: 14_400, 2: 28_800, 3: 86_400, 4: 288_000 },
          },
          escalateAt: [50, 75, 100],
        },
      ],
      sales: judgement?.sales,
    });
    expect(judgement?.sales.map(({ chains }) => chains)).toEqual([['demo'], ['demo'], ['demo']]);
  });

  it('is read whole', () => {
    const hours = { mon: ['08:00-18:00'], dates: { '2026-05-01': [] } };
    expect(
      read({
        matrix: [
          [1, 1, 2],
          [2, 3, 4],
          [4, 5, 5],
        ],
        impact: { high: 60, medium: 20, class: 'format', weights: { hyper: 1.5 } },
        contracts: [
          {
            chains: ['acme*'],
            attributes: { 'asset.contract': 'gold', 'store.region': ['Ouest', 'Sud'] },
            respond: { P1: '15 min' },
            restore: { P1: '4 h', P5: '90 s' },
            serviceHours: hours,
            escalate: { N1: 25, N2: 80, N3: 120 },
          },
          { serviceHours: 'always' },
        ],
        sales: [{ attributes: { 'store.format': 'hyper' }, perLaneMinute: 7.5, currency: 'EUR' }],
      }),
    ).toEqual({
      matrix: { 1: { 1: 1, 2: 1, 3: 2 }, 2: { 1: 2, 2: 3, 3: 4 }, 3: { 1: 4, 2: 5, 3: 5 } },
      impact: { highShare: 0.6, mediumShare: 0.2, classAttribute: 'format', weights: { hyper: 1.5 } },
      contracts: [
        {
          chains: ['acme*'],
          attributes: { 'asset.contract': ['gold'], 'store.region': ['Ouest', 'Sud'] },
          targetsS: { respond: { 1: 900 }, restore: { 1: 14_400, 5: 90 } },
          serviceHours: hours,
          escalateAt: [25, 80, 120],
        },
        { targetsS: { respond: {}, restore: {} }, serviceHours: 'always', escalateAt: [50, 75, 100] },
      ],
      sales: [{ attributes: { 'store.format': ['hyper'] }, perLaneMinute: 7.5, currency: 'EUR' }],
    });
  });

  it.each([
    [
      'a wrong time',
      { contracts: [{ respond: { P1: 'soon' } }] },
      ['/judgement/contracts/0/respond/P1 must be a duration such as `30 s`, `5 min` or `1 h`'],
    ],
    [
      'a priority that is none',
      { contracts: [{ restore: { P6: '1 h' } }] },
      ['/judgement/contracts/0/restore/P6 is not known here'],
    ],
    [
      'levels that do not rise',
      { contracts: [{ escalate: { N1: 50, N2: 50, N3: 100 } }] },
      ['/judgement/contracts/0/escalate must rise from N1 to N3; they are 50, 50, 100'],
    ],
    [
      'a holiday list it cannot know',
      { contracts: [{}, { serviceHours: { mon: ['08:00-18:00'], holidays: ['fr', { '12-24': [] }, 'acme'] } }] },
      [
        '/judgement/contracts/1/serviceHours/holidays/2 must be one of fr, fr-alsace-moselle, or a list written out: those of chains are not known here; it is acme',
      ],
    ],
    [
      'limits the wrong way round',
      { impact: { high: 50, medium: 60 } },
      ['/judgement/impact/medium must be no more than high (50); it is 60'],
    ],
    [
      'a currency that is none',
      { sales: [{ perLaneMinute: 1, currency: 'euro' }] },
      ['/judgement/sales/0/currency must match pattern "^[A-Z]{3}$"'],
    ],
    ['sales without their currency', { sales: [{ perLaneMinute: 1 }] }, ['/judgement/sales/0/currency must be given']],
    ['a word it does not know', { matrices: [] }, ['/judgement/matrices is not known here']],
  ])('says what is wrong with %s', (_, judgement, faults) => {
    expect(faultsOf(judgement)).toEqual(faults.map((fault) => `pack.yaml: ${fault}`));
  });

  it.each([
    ['a row too few', { matrix: [[1, 2, 3]] }, '/judgement/matrix'],
    [
      'a priority out of range',
      {
        matrix: [
          [1, 2, 6],
          [2, 3, 4],
          [3, 4, 5],
        ],
      },
      '/judgement/matrix/0/2',
    ],
    [
      'hours that are none',
      { contracts: [{ serviceHours: { mon: ['8-20'] } }] },
      '/judgement/contracts/0/serviceHours',
    ],
    ['an attribute of nobody', { contracts: [{ attributes: { 'shop.x': 'y' } }] }, '/judgement/contracts/0/attributes'],
    ['no map at all', [], '/judgement'],
  ])('names the place of %s', (_, judgement, path) => {
    const faults = faultsOf(judgement);
    expect(faults).not.toEqual([]);
    for (const fault of faults) expect(fault).toContain(`pack.yaml: ${path}`);
  });

  it.each(['docs/RULES.md', 'docs/fr/RULES.md'])('is written in %s as it can be read', (page) => {
    const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
    const [, block = ''] = text.match(/```yaml\n(judgement:[\s\S]*?)```/) ?? [];
    const pack = parseRulePack(`${packOf()}\n${block}`, page);
    expect(pack.judgement?.contracts).toHaveLength(2);
    expect(pack.judgement?.sales).toHaveLength(2);
  });
});
