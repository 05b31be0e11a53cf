import type { RuleChange, RulesEffect, ValueChange } from '../../protocol/rule-changes.ts';
import type { Invocation } from '../command.ts';
import { words } from '../words/index.ts';

const MARKS = { added: '+', removed: '-', changed: '~' } as const;
/** So many alerts are named. */
const MOST_TOLD = 20;

/** Says rule by rule, value by value, what other rules would do, or have done. */
export function tellEffect({ rules, values, devices, stores, ending, endingCount }: RulesEffect, to: Invocation): void {
  const { say, locale } = to;
  const text = words(locale).ruleRevisions;
  if (rules.length + values.length === 0) {
    say(text.nothing);
    return;
  }
  for (const rule of rules) {
    say(`${MARKS[rule.what]} ${rule.id} (${rule.title[locale]}): ${reachOf(rule, to)}`);
    for (const value of rule.values) say(`    ${toldValue(value)}`);
  }
  for (const value of values) say(`~ ${toldValue(value)}`);
  say(text.total(devices, stores));
  if (endingCount === 0) return;
  say(text.ending(endingCount));
  for (const { device, rule, instance, state } of ending.slice(0, MOST_TOLD)) {
    say(`  ${[device, rule, instance, state].filter((part) => part !== '').join(' ')}`);
  }
  if (endingCount > MOST_TOLD) say(`  ${text.more(endingCount - MOST_TOLD)}`);
}

function reachOf({ what, devices, stores, gains, loses }: RuleChange, { locale }: Invocation): string {
  const text = words(locale).ruleRevisions;
  const parts = [text.reach(devices, stores)];
  if (what === 'changed' && gains > 0) parts.push(text.gains(gains));
  if (what === 'changed' && loses > 0) parts.push(text.loses(loses));
  return parts.join(', ');
}

const toldValue = ({ path, before = '–', after = '–' }: ValueChange): string => `${path}: ${before} → ${after}`;
