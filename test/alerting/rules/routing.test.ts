import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseRulePack, RulePackError } from '../../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';

const rule = {
  ...{ id: 'silent', title: { fr: 'a', en: 'b' }, type: 'silence', severity: 'warning', urgency: 3, hours: 'always' },
  ...{ for: '1 min', clearFor: '1 min', intervals: 3, stoppedFor: '5 min' },
};
const read = (sections: object) =>
  parseRulePack(
    stringify({
      settle: '15 s',
      quiet: '30 s',
      grace: '1 min',
      rules: [rule],
      groups: { west: { regions: ['Ouest'] } },
      ...sections,
    }),
    'pack.yaml',
  ).routing;

function faultsOf(sections: object): string[] {
  try {
    read(sections);
  } catch (error) {
    if (error instanceof RulePackError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const model = { id: 'm', title: { fr: 'a', en: 'b' }, when: { kinds: ['till'] } };

describe('the models and routes of a rule pack', () => {
  it('are left out, or as they are written', () => {
    expect(read({})).toBeUndefined();
    const whole = {
      models: [
        { ...model, version: '3', category: 'Caisse', team: 'N1', steps: { fr: ['a'], en: ['b'] }, actions: ['x'] },
      ],
      routes: [
        {
          id: 'night',
          when: { chains: ['*'], groups: ['west'], models: ['m'], priorities: [3, 4], hours: 'closed' },
          desks: ['rt'],
          quiet: { mon: ['22:00-06:00'] },
          digest: { desks: ['mail'], at: '08:00' },
          onCall: 'network',
        },
        { id: 'rest', desks: [] },
      ],
    };
    expect(read(whole)).toEqual({ ...whole, routes: [whole.routes[0], { id: 'rest', when: {}, desks: [] }] });
  });

  it('of the pack that ships say the same in both languages', () => {
    const { models = [] } = readRulePack(defaultRulePackPath).routing ?? {};
    expect(models.length).toBeGreaterThan(2);
    for (const { steps } of models) expect(steps?.fr).toHaveLength(steps?.en.length ?? 0);
  });

  it.each<[string, object, string]>([
    [
      'a kind nobody knows',
      { models: [{ ...model, when: { kinds: ['tills'] } }] },
      '/models/0/when/kinds/0 must be one of',
    ],
    [
      'a model for everything',
      { models: [{ ...model, when: {} }] },
      '/models/0/when must not have fewer than 1 properties',
    ],
    ['steps in one language', { models: [{ ...model, steps: { fr: ['a'] } }] }, '/models/0/steps/en must be given'],
    ['two models of one name', { models: [model, model] }, '/models/1/id must be its own; /models/0 is m too'],
    [
      'a group that is not there',
      { routes: [{ id: 'a', when: { groups: ['est'] } }] },
      '/routes/0/when/groups/0 est is no group',
    ],
    [
      'a model that is not there',
      { routes: [{ id: 'a', when: { models: ['z'] } }] },
      '/routes/0/when/models/0 z is no model',
    ],
    [
      'a time of day that is none',
      { routes: [{ id: 'a', digest: { desks: ['x'], at: '8:00' } }] },
      '/routes/0/digest/at',
    ],
    ['hours that are none', { routes: [{ id: 'a', quiet: 'open' }] }, '/routes/0/quiet must be one of closed'],
    [
      'a route behind one that takes all',
      { routes: [{ id: 'a' }, { id: 'b' }] },
      '/routes/1 is never reached: /routes/0',
    ],
    ['a word that is not known', { routes: [{ id: 'a', desk: 'rt' }] }, '/routes/0/desk is not known here'],
  ])('are refused with %s, and where it stands', (_, sections, fault) => {
    expect(faultsOf(sections).join('\n')).toContain(fault);
  });
});
