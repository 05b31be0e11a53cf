import { parseRulePack, RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';
import { readRulesFile } from './rules-file.ts';

/** Says what is wrong with a file of rules, without a server. @throws Fault with every fault in it. */
export async function checkRules(invocation: Invocation): Promise<void> {
  const { path, text } = readRulesFile(invocation);
  try {
    const { rules } = parseRulePack(text, path);
    invocation.say(words(invocation.locale).ruleRevisions.whole(path, rules.length));
  } catch (error) {
    throw error instanceof RulePackError ? new Fault(error.message) : error;
  }
}
