import type { RulesInForce } from '../../dashboard/ports/rule-revisions.ts';
import { askServer } from '../call-server.ts';
import type { Invocation } from '../command.ts';
import { words } from '../words/index.ts';
import { askForChange, consent, RULES_API } from './ask-rules.ts';
import { readRulesFile } from './rules-file.ts';
import { tellEffect } from './tell-effect.ts';

/** Makes the rules of a file hold; without `--yes` it only says what they would do. */
export async function applyRules(invocation: Invocation): Promise<void> {
  const { say, locale } = invocation;
  const told = words(locale).ruleRevisions;
  const { path, text } = readRulesFile(invocation);
  const consented = consent(invocation);
  const { newest } = (await askServer(invocation, RULES_API)) as RulesInForce;
  const { revision, effect } = await askForChange(
    invocation,
    RULES_API,
    { text, ifRevision: newest, ...consented },
    path,
  );
  tellEffect(effect, invocation);
  if ('why' in consented) {
    say(told.holds(revision));
    return;
  }
  say(told.backtest(path));
  say(told.dryRun);
}
