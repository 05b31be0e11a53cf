import type { Invocation } from '../command.ts';
import { words } from '../words/index.ts';
import { askForChange, consent, RULES_API, revisionFlag } from './ask-rules.ts';
import { tellEffect } from './tell-effect.ts';

/** Takes back the newest revision, or all after one; without `--yes` it only says what that would do. */
export async function undoRules(invocation: Invocation): Promise<void> {
  const { say, locale } = invocation;
  const text = words(locale).ruleRevisions;
  const to = revisionFlag(invocation, 'to');
  const consented = consent(invocation);
  const body = { ...(to !== undefined && { to }), ...consented };
  const { revision, effect } = await askForChange(invocation, `${RULES_API}/undo`, body, 'undo');
  tellEffect(effect, invocation);
  say('why' in consented ? text.holds(revision) : text.dryRun);
}
