import type { RulesOutcome } from '../../dashboard/ports/rule-revisions.ts';
import { askServer, type Refusal } from '../call-server.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

export const RULES_API = '/api/v1/rules';

/** What became of a change, or would. */
export type Made = Exclude<RulesOutcome, string>;

/** Asks for a change of the rules. `source` names in faults where they come from. @throws Fault */
export async function askForChange(invocation: Invocation, path: string, body: object, source: string): Promise<Made> {
  const text = words(invocation.locale).ruleRevisions;
  const refused = ({ status, details }: Refusal): Fault | undefined => {
    if (status === 404) return new Fault(text.noSuch);
    if (status === 409) return new Fault(text.changedMeanwhile);
    if (status !== 422) return undefined;
    const lines = details.map(({ path: at, message }) => `  ${at} ${message}`);
    return new Fault([text.faults(source, lines.length), ...lines].join('\n'));
  };
  return (await askServer(invocation, path, body, refused)) as Made;
}

/** What both ask who change something: only with `--yes`, and then with a reason. */
export function consent({ flags, locale }: Invocation): { dryRun: true } | { why: string } {
  if (flags.yes !== true) return { dryRun: true };
  const why = String(flags.why ?? '').trim();
  if (why === '') throw new Fault(words(locale).ruleRevisions.needs('--why'));
  return { why };
}

/** A revision as a flag names it; undefined where it does not. */
export function revisionFlag({ flags, locale }: Invocation, name: 'to' | 'revision'): number | undefined {
  const given = flags[name];
  if (given === undefined) return undefined;
  if (!/^\d{1,9}$/.test(String(given))) throw new Fault(words(locale).badNumber(`--${name}`, String(given)));
  return Number(given);
}
