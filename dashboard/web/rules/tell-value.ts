import type { DeviceKind, Locale } from '../../../protocol/inventory.ts';
import type { RuleOrigin, RuleView } from '../../../protocol/rule-views.ts';
import type { Format } from '../../../protocol/words/format.ts';
import type { ruleWords } from '../words/device-rules.ts';

type Words = typeof ruleWords.value;

/** Settings that are in the unit of what the rule judges. */
const IN_UNIT: ReadonlySet<string> = new Set(['raise', 'clear', 'limit', 'least']);
const NANOSECONDS = 1e9;

/** Whether anything of the rule is not as the rule itself says. */
export const isAdapted = ({ settings, enabledFrom, passedOver }: RuleView): boolean =>
  enabledFrom.level !== 'pack' || passedOver.length > 0 || settings.some(({ from }) => from.level !== 'pack');

/** A setting's value as people read it: in its unit, its words in their language. */
export function tellValue(
  { type, unit }: Pick<RuleView, 'type' | 'unit'>,
  { name, value }: Pick<RuleView['settings'][number], 'name' | 'value'>,
  words: Words,
  format: Format,
): string {
  if (typeof value === 'object') return value.map((one) => words.values[one] ?? one).join(', ');
  if (typeof value === 'string') return words.values[value] ?? value.replace(/ ?d$/, ` ${words.day}`);
  if (name === 'urgency') return words.urgencies[value] ?? String(value);
  if (name === 'coverage' || name === 'others' || (type === 'composite' && IN_UNIT.has(name)))
    return format.percent(value);
  // What is out of the usual is told in usual spreads, whatever the reading's unit.
  if (type === 'baseline' && (name === 'raise' || name === 'clear')) return words.spreads(format.number(value));
  if (name === 'chance') return `1 / ${format.number(Math.round(1 / value))}`;
  if (IN_UNIT.has(name) && unit === 'nanoseconds') return format.duration(value / NANOSECONDS);
  return IN_UNIT.has(name) && unit !== undefined ? format.amount(value, unit) : format.number(value, 3);
}

/** Where a value comes from, in a few words; undefined where it is the rule's own. */
export function tellOrigin(
  { level, name = '', within, title }: RuleOrigin,
  words: Words,
  {
    locale,
    kinds,
    nameStore,
  }: {
    locale: Locale;
    kinds: Readonly<Record<DeviceKind, string>>;
    nameStore: (key: `${string}/${string}`) => string;
  },
): string | undefined {
  const { origins } = words;
  const placeOf = (place: string): string => {
    if (title) return origins.group(title[locale]);
    return place.includes('/') ? origins.store(nameStore(place as `${string}/${string}`)) : origins.chain(place);
  };
  switch (level) {
    case 'pack':
      return undefined;
    case 'chain':
      return origins.chain(name);
    case 'group':
      return origins.group(title?.[locale] ?? name);
    case 'store':
      return origins.store(nameStore(name as `${string}/${string}`));
    case 'device':
      return origins.device;
    default: {
      const named = name.split(', ').map((kind) => kinds[kind as DeviceKind] ?? kind);
      return origins.kind(named.join(', '), within === undefined ? undefined : placeOf(within));
    }
  }
}
