import type { PackRule } from '../../../protocol/rule-views.ts';
import type { RulePageWords } from '../words/rules.ts';

type Settings = Readonly<Record<string, PackRule['settings'][number]['value'] | undefined>>;

/** From when on it is a fault, in a few words; `told` says a setting's value, '' where there is none. */
export function tellFault(
  { type }: Pick<PackRule, 'type'>,
  told: (name: string) => string,
  words: Pick<RulePageWords, 'within' | 'intervals' | 'beforeOpening'>,
): string {
  if (type === 'silence') return words.intervals(told('intervals'));
  if (type === 'opening') return words.beforeOpening(told('before'));
  if (type === 'forecast') return words.within(told('limit'), told('within'));
  return told('raise');
}

/** When it is gone; '' where that is no value of its own. */
export const tellGone = (settings: Settings, told: (name: string) => string): string =>
  settings.clear !== undefined ? told('clear') : told('clearBeyond');
