import type { Invocation } from '../command.ts';
import { words } from '../words/index.ts';
import { askForChange, RULES_API } from './ask-rules.ts';
import { readRulesFile } from './rules-file.ts';
import { tellEffect } from './tell-effect.ts';

/** Says what the rules of a file would do. */
export async function diffRules(invocation: Invocation): Promise<void> {
  const { path, text } = readRulesFile(invocation);
  const { effect } = await askForChange(invocation, RULES_API, { text, dryRun: true }, path);
  tellEffect(effect, invocation);
  invocation.say(words(invocation.locale).ruleRevisions.backtest(path));
}
