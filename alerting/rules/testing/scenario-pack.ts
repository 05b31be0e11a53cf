import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { RulePack } from '../../engine/types.ts';
import { parseRulePack } from '../parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../read-rule-pack.ts';
import type { Scenario } from './scenario.ts';

type Wanted = Pick<Scenario, 'rules' | 'judgement' | 'groups' | 'overrides'>;

const known = new Map<string, RulePack>();

/**
 * The rules a scenario is played by: those of the pack it names, or the default ones, with its own before them and its
 * judgement, groups and overrides in the place of the pack's.
 * @throws {RulePackError} with every fault, its path and what was expected.
 */
export function packOf(scenario: Wanted): RulePack {
  const { rules, judgement, groups, overrides } = scenario;
  const key = JSON.stringify([rules, judgement, groups, overrides]);
  const pack = known.get(key) ?? makePack(scenario);
  known.set(key, pack);
  return pack;
}

function makePack({ rules = [], judgement, groups, overrides }: Wanted): RulePack {
  const path = typeof rules === 'string' ? rules : defaultRulePackPath;
  const { judgement: agreed, ...pack } = readRulePack(path);
  const own = typeof rules === 'string' ? [] : rules;
  const isPlain = own.length === 0 && groups === undefined && overrides === undefined;
  if (isPlain && judgement === undefined) return pack;
  if (isPlain && judgement === 'default') return { ...pack, ...(agreed && { judgement: agreed }) };
  const written = parse(readFileSync(path, 'utf8')) as { rules: unknown[]; judgement?: unknown };
  const judging = judgement === 'default' ? written.judgement : (judgement ?? {});
  const whole = { ...written, judgement: judging, rules: [...own, ...written.rules] };
  return parseRulePack(stringify({ ...whole, ...(groups && { groups }), ...(overrides && { overrides }) }), 'rules');
}
