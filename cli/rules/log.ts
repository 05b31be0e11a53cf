import type { RuleRevisionView } from '../../dashboard/ports/rule-revisions.ts';
import { formatOf } from '../../protocol/words/index.ts';
import { askServer } from '../call-server.ts';
import type { Invocation } from '../command.ts';
import { words } from '../words/index.ts';
import { RULES_API } from './ask-rules.ts';

/** Who changed the rules, when and why, newest first. */
export async function logRules(invocation: Invocation): Promise<void> {
  const { say, locale } = invocation;
  const text = words(locale).ruleRevisions;
  const answer = await askServer(invocation, `${RULES_API}/revisions?limit=1000`);
  const { revisions } = answer as { revisions: RuleRevisionView[] };
  if (revisions.length === 0) say(text.none);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  for (const { id, at, by, why, backTo } of revisions) {
    const back = backTo === undefined ? '' : ` (${text.backTo(backTo)})`;
    say([id, formatOf(locale).dateTime(at, timeZone), by, why.replace(/\s+/g, ' ') + back].join('  '));
  }
}
