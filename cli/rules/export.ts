import type { RuleRevisionView, RulesInForce } from '../../dashboard/ports/rule-revisions.ts';
import { askServer, type Refusal } from '../call-server.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';
import { RULES_API, revisionFlag } from './ask-rules.ts';
import { withHeader } from './rules-file.ts';

/** Prints the rules that hold, or those of a revision, under a line that says which they are. */
export async function exportRules(invocation: Invocation): Promise<void> {
  const { say, locale } = invocation;
  const told = words(locale).ruleRevisions;
  const id = revisionFlag(invocation, 'revision');
  const saidOf = ({ id, at, by, why }: RuleRevisionView) =>
    told.source.revision(id, new Date(at).toISOString(), by, why);
  if (id === undefined) {
    const { source, text, revision, last } = (await askServer(invocation, RULES_API)) as RulesInForce;
    const holding = last?.id === revision ? last : undefined;
    const named = source === 'revision' ? told.holds(revision) : told.source[source];
    say(withHeader(holding ? saidOf(holding) : named, text));
    return;
  }
  const missing = ({ status }: Refusal) => (status === 404 ? new Fault(told.noSuch) : undefined);
  const found = await askServer(invocation, `${RULES_API}/revisions/${id}`, undefined, missing);
  const { text, revision } = found as { text: string; revision?: RuleRevisionView };
  say(withHeader(revision ? saidOf(revision) : told.source.file, text));
}
