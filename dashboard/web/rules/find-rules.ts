import type { PackRule } from '../../../protocol/rule-views.ts';

/** Without case and accents: who looks for `seche` finds `sèche`. */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** The rules in which every word sought is: in what they are called in the file, what they judge, or what `told` adds. */
export function findRules(
  rules: readonly PackRule[],
  sought: string,
  told: (rule: PackRule) => readonly string[],
): PackRule[] {
  const words = fold(sought)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [...rules];
  return rules.filter((rule) => {
    const text = fold([rule.id, rule.type, rule.about, ...(rule.kinds ?? []), ...told(rule)].join('\n'));
    return words.every((word) => text.includes(word));
  });
}
