import type { Locale } from '../../protocol/inventory.ts';
import type { RuleOrigin, RuleView } from '../../protocol/rule-views.ts';
import { words } from '../words/index.ts';

/**
 * A rule in lines: what it is, then each value with where it comes from. `hidesPack`: without what its pack says itself, and
 * no line at all where that is all there is.
 */
export function linesOfRule(
  { id, title, about, enabled, enabledFrom, settings, passedOver }: RuleView,
  { hidesPack, locale }: { hidesPack: boolean; locale: Locale },
): string[] {
  const text = words(locale).ruleValues;
  const shown = settings.filter(({ from }) => !hidesPack || from.level !== 'pack');
  const rows = shown.map(({ name, value, from }) => [name, [value].flat().join(', '), originOf(from, locale)] as const);
  const widths = [0, 1].map((at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  const isSwitched = enabledFrom.level !== 'pack';
  const lines = [
    ...(isSwitched ? [`    ${enabled ? text.on : text.off}  ${originOf(enabledFrom, locale)}`] : []),
    ...(enabled
      ? rows.map(
          ([name, value, from]) => `    ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${from}`,
        )
      : []),
    ...passedOver.map((origin) => `    ${text.passedOver(originOf(origin, locale))}`),
  ];
  if (lines.length === 0) return [];
  const judged = about === '' ? '' : ` (${about})`;
  return [`  ${id}  ${title[locale]}${judged}`, ...lines];
}

function originOf({ level, name, within, title, why }: RuleOrigin, locale: Locale): string {
  const text = words(locale).ruleValues;
  const named = level === 'group' ? (title?.[locale] ?? name) : name;
  const place = within === undefined ? undefined : text.within(title?.[locale] ?? within);
  const where = [text.levels[level], named, place].filter((part) => part !== undefined).join(' ');
  return why === undefined ? where : `${where} – ${why}`;
}
