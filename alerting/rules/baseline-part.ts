import type { Static } from 'typebox';
import { type RULE_SCHEMAS, toSeconds } from './rule-pack-schema.ts';
import type { RuleFault } from './schema-faults.ts';
import { faultsOfWindow, windowOf } from './window-part.ts';

/** A rule about what is usual, as its file writes it. */
export type WrittenBaseline = Static<typeof RULE_SCHEMAS.baseline>;

/** How long a fault lasts before it is what is usual, when its rule does not say. */
const ADAPT = '7 d';

export function faultsOfBaseline(rule: WrittenBaseline, path: string): RuleFault[] {
  const { raise, clear, adapt = ADAPT, for: lasting } = rule;
  const faults = faultsOfWindow(rule, path);
  if (clear >= raise) faults.push({ path: `${path}/clear`, message: `must be below raise (${raise}); it is ${clear}` });
  if (toSeconds(adapt) <= toSeconds(lasting)) {
    faults.push({ path: `${path}/adapt`, message: `must be more than for (${lasting}); it is ${adapt}` });
  }
  return faults;
}

/** What only such a rule says. */
export function baselineOf(written: WrittenBaseline) {
  const { type, measurement, field, tags = {}, by, direction, raise, clear, least, adapt = ADAPT } = written;
  return {
    ...{ type, measurement, field, tags, by, direction, raise, clear, least },
    adaptS: toSeconds(adapt),
    ...windowOf(written),
  };
}
