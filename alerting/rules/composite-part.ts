import type { Static } from 'typebox';
import type { CompositeRule } from '../engine/types.ts';
import type { RULE_SCHEMAS } from './rule-pack-schema.ts';
import type { RuleFault } from './schema-faults.ts';

/** A rule over a group, as its file writes it. */
export type WrittenComposite = Static<typeof RULE_SCHEMAS.composite>;

/** What one such rule gets wrong by itself. */
export function faultsOfComposite({ raise, clear, when, rule }: WrittenComposite, path: string): RuleFault[] {
  const faults: RuleFault[] = [];
  if (clear >= raise) faults.push({ path: `${path}/clear`, message: `must be below raise (${raise}); it is ${clear}` });
  if (when === 'firing' && rule === undefined) {
    faults.push({ path: `${path}/rule`, message: 'must be given with when: firing' });
  }
  if (when !== 'firing' && rule !== undefined) {
    faults.push({ path: `${path}/rule`, message: 'is only for when: firing' });
  }
  return faults;
}

/** The rule it counts has to be there, and judge devices by itself. */
export function faultsOfReference(
  { rule }: WrittenComposite,
  rules: readonly { id: string; type: string }[],
  path: string,
): RuleFault[] {
  if (rule === undefined) return [];
  const named = rules.find(({ id }) => id === rule);
  if (!named) return [{ path: `${path}/rule`, message: `names no rule of this pack: ${rule}` }];
  return named.type === 'composite'
    ? [{ path: `${path}/rule`, message: `must judge devices; ${rule} judges a group` }]
    : [];
}

export function compositeOf({
  of,
  when,
  rule,
  raise,
  clear,
}: WrittenComposite): Pick<CompositeRule, 'type' | 'of' | 'when' | 'rule' | 'raise' | 'clear'> {
  return { type: 'composite', of: of ?? 'devices', when, ...(rule !== undefined && { rule }), raise, clear };
}
