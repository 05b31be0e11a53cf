import type { PackRule, RuleOrigin, RuleView } from '../../protocol/rule-views.ts';
import type { EffectiveRule, Origin } from '../engine/effective-rules.ts';
import { levelOf, type Override, type OverridePlace } from '../engine/inheritance.ts';
import type { Rule, RulePack } from '../engine/types.ts';

/** An effective rule as people are shown it. */
export function viewRule(
  { rule, enabled, enabledFrom, settings, passedOver }: EffectiveRule,
  { inheritance }: RulePack,
): RuleView {
  const originOf = (origin: Origin): RuleOrigin => {
    const override = 'override' in origin ? inheritance?.overrides[origin.override] : undefined;
    if (!override || !('override' in origin)) return { level: 'pack' };
    return { ...viewOverride(override, inheritance?.groups ?? {}), override: origin.override };
  };
  return {
    ...headOf(rule),
    enabled,
    enabledFrom: originOf(enabledFrom),
    settings: settings.map(({ name, value, from }) => ({
      name,
      value: typeof value === 'object' ? [...value] : value,
      from: originOf(from),
    })),
    passedOver: passedOver.map((override) => originOf({ level: 'pack', override })),
  };
}

/** The rules of a pack in their order, as it says them. */
export function viewPack({ rules, inheritance }: RulePack): Omit<PackRule, 'devices' | 'stores'>[] {
  return rules.map((rule, place) => {
    const { kinds, attributes } = rule.scope;
    return {
      ...headOf(rule),
      ...(kinds && { kinds: [...kinds] }),
      ...(attributes && {
        attributes: Object.fromEntries(Object.entries(attributes).map(([name, texts]) => [name, [...texts]])),
      }),
      settings: Object.entries(inheritance?.settings[place] ?? {}).flatMap(([name, value]) =>
        value === null ? [] : [{ name, value: typeof value === 'object' ? [...value] : value }],
      ),
      overrides: inheritance?.overrides.filter(({ rules: named }) => named.includes(place)).length ?? 0,
    };
  });
}

function headOf(rule: Rule): Pick<RuleView, 'id' | 'title' | 'type' | 'about' | 'unit'> {
  const { id, title, type } = rule;
  const unit = 'unit' in rule && typeof rule.unit === 'string' ? rule.unit : undefined;
  return { id, title, type, about: aboutOf(rule), ...(unit && { unit }) };
}

/** What an override names, and why it is there. */
function viewOverride(
  { at, why }: Pick<Override, 'at' | 'why'>,
  groups: Readonly<Record<string, { title?: { fr: string; en: string } }>>,
): Omit<RuleOrigin, 'override'> {
  const { group } = at;
  const title = group === undefined ? undefined : (groups[group]?.title ?? { fr: group, en: group });
  const within = at.kinds && placeOf(at);
  return {
    level: levelOf(at),
    name: at.kinds?.join(', ') ?? placeOf(at) ?? '',
    ...(within !== undefined && { within }),
    ...(title && { title }),
    ...(why !== undefined && { why }),
  };
}

const placeOf = ({ chain, group, store, device }: OverridePlace): string | undefined =>
  device ?? store ?? group ?? chain;

function aboutOf(rule: Rule): string {
  if ('measurement' in rule) return `${rule.measurement} ${rule.field}`;
  if (rule.type === 'status') return rule.check.join(', ');
  return rule.type === 'composite' ? (rule.scope.kinds?.join(', ') ?? '') : '';
}
