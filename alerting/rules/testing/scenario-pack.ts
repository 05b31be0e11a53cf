import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { RulePack } from '../../engine/types.ts';
import { parseRulePack } from '../parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../read-rule-pack.ts';
import type { Scenario } from './scenario.ts';

const known = new Map<string, RulePack>();

/**
 * The rules a scenario is played by: those of the pack it names, or the default ones, with its own before them and its
 * judgement in the place of the pack's.
 * @throws {RulePackError} with every fault, its path and what was expected.
 */
export function packOf({ rules = [], judgement }: Pick<Scenario, 'rules' | 'judgement'>): RulePack {
  const key = JSON.stringify([rules, judgement]);
  const pack = known.get(key) ?? makePack(rules, judgement);
  known.set(key, pack);
  return pack;
}

function makePack(rules: NonNullable<Scenario['rules']>, judgement: Scenario['judgement']): RulePack {
  const path = typeof rules === 'string' ? rules : defaultRulePackPath;
  const { judgement: agreed, ...pack } = readRulePack(path);
  const own = typeof rules === 'string' ? [] : rules;
  if (own.length === 0 && judgement === undefined) return pack;
  if (own.length === 0 && judgement === 'default') return { ...pack, ...(agreed && { judgement: agreed }) };
  const written = parse(readFileSync(path, 'utf8')) as { rules: unknown[]; judgement?: unknown };
  const judging = judgement === 'default' ? written.judgement : (judgement ?? {});
  return parseRulePack(stringify({ ...written, judgement: judging, rules: [...own, ...written.rules] }), 'rules');
}
