import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DEFAULT_CORRELATION } from '../../../alerting/engine/correlate/correlation.ts';
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
const read = (correlate?: unknown) =>
  parseRulePack(
    stringify({
      settle: '15 s',
      quiet: '30 s',
      grace: '1 min',
      ...(correlate !== undefined && { correlate }),
      rules: [rule],
    }),
    'pack.yaml',
  ).correlation;

function faultsOf(correlate: unknown): string {
  try {
    read(correlate);
  } catch (error) {
    if (error instanceof RulePackError) return error.message;
    throw error;
  }
  return '';
}

describe('the correlation of a rule pack', () => {
  it('is left out, or is as it always was where nothing is said, and in the pack that ships', () => {
    expect(read()).toBeUndefined();
    expect(read({})).toEqual(DEFAULT_CORRELATION);
    expect(readRulePack(defaultRulePackPath).correlation).toEqual(DEFAULT_CORRELATION);
  });

  it('takes what is written', () => {
    expect(
      read({ window: '10 min', stores: 5, childTickets: 'each', storm: { incidents: 50, within: '2 min' } }),
    ).toEqual({
      ...DEFAULT_CORRELATION,
      windowS: 600,
      stores: 5,
      childTickets: 'each',
      storm: { incidents: 50, withinS: 120 },
    });
  });

  it.each([
    [{ stores: 1 }, '/correlate/stores'],
    [{ significance: 0 }, '/correlate/significance'],
    [{ window: 'soon' }, '/correlate/window'],
    [{ quiet: '2 d' }, '/correlate/quiet must be more than nothing and a day at most; it is 2 d'],
    [{ childTickets: 'some' }, '/correlate/childTickets'],
    [{ storm: { within: '0 s' } }, '/correlate/storm/within'],
    [{ widow: '5 min' }, '/correlate'],
  ])('%j is refused by name', (correlate, path) => {
    expect(faultsOf(correlate)).toContain(`pack.yaml: ${path}`);
  });
});
