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
    const triedOf = scenarios.map(({ title, timeline }) => ({
      title,
      all: timeline.flatMap(({ expect: { alerts } = {} }) => (alerts ? [alerts] : [])),
    }));
    for (const { id, type } of readRulePack(defaultRulePackPath).rules) {
      // The check before the opening has no alert of its own: what it lets fire is that of another rule.
      const isOpening = type === 'opening';
      const isFired = isOpening ? (alert: string) => alert.endsWith(' firing') : fires(id);
      const tried = triedOf.some(({ title, all }) => {
        if (isOpening && !title.startsWith(`${id} `)) return false;
        const first = all.findIndex((alerts) => alerts.some(isFired));
        return first >= 0 && all.slice(first).some((alerts) => !alerts.some(isFired));
      });
      expect(tried, id).toBe(true);
    }
  });
});
