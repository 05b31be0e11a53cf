import type { Static } from 'typebox';
import type { OpeningRule } from '../engine/types.ts';
import { type RULE_SCHEMAS, toSeconds } from './rule-pack-schema.ts';
import type { RuleFault } from './schema-faults.ts';

/** An opening check, as its file writes it. */
export type WrittenOpening = Static<typeof RULE_SCHEMAS.opening>;

const DAY_S = 86_400;

export function faultsOfOpening({ before, expectOnBefore }: WrittenOpening, path: string): RuleFault[] {
  const faults: RuleFault[] = [];
  if (toSeconds(before) > DAY_S)
    faults.push({ path: `${path}/before`, message: `must be 1 d at most; it is ${before}` });
  if (toSeconds(expectOnBefore) > toSeconds(before)) {
    const message = `must be at most before (${before}); it is ${expectOnBefore}`;
    faults.push({ path: `${path}/expectOnBefore`, message });
  }
  return faults;
}

/** What only an opening check says. It has no alert of its own: nothing of it is ever weighed. */
export const openingOf = ({
  severity,
  before,
  expectOnBefore,
}: WrittenOpening): Omit<OpeningRule, 'id' | 'title' | 'scope'> => ({
  type: 'opening',
  severity,
  urgency: 3,
  hours: 'always',
  forS: 0,
  clearForS: 0,
  beforeS: toSeconds(before),
  onBeforeS: toSeconds(expectOnBefore),
});
