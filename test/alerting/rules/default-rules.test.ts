import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';
import { play } from '../../../alerting/rules/testing/play.ts';
import { readScenarios } from '../../../alerting/rules/testing/read-scenarios.ts';

const path = join(defaultRulePackPath, '../default.test.yaml');
const scenarios = readScenarios(readFileSync(path, 'utf8'), path);

describe('the default rules at their limits', () => {
  for (const scenario of scenarios) it(scenario.title, () => expect(play(scenario)).toEqual([]));

  it('each is tried: it fires, and is over', () => {
    const fires = (id: string) => (alert: string) => alert.includes(` ${id} `) && alert.endsWith(' firing');
    const alertsOf = scenarios.map(({ timeline }) =>
      timeline.flatMap(({ expect: { alerts } = {} }) => alerts && [alerts]),
    );
    for (const { id } of readRulePack(defaultRulePackPath).rules) {
      const tried = alertsOf.some((all) => {
        const first = all.findIndex((alerts) => alerts?.some(fires(id)));
        return first >= 0 && all.slice(first).some((alerts) => alerts && !alerts.some(fires(id)));
      });
      expect(tried, id).toBe(true);
    }
  });
});
