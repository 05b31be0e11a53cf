import type { Static } from 'typebox';
import type { SalesRule } from '../engine/types.ts';
import type { RULE_SCHEMAS } from './rule-pack-schema.ts';

const DEFAULTS = {
  measurement: 'last_sale',
  field: 'sales_total',
  session: 'session_open',
  chance: 1e-7,
  others: 30,
} as const;

/** What only a rule of sales says. It fires with the reading that makes the pause improbable, and ends with a sale. */
export function salesOf(
  written: Static<typeof RULE_SCHEMAS.sales>,
): Omit<SalesRule, 'id' | 'title' | 'scope' | 'severity' | 'urgency'> {
  const { measurement, field, session, chance, others } = { ...DEFAULTS, ...written };
  return {
    type: 'sales',
    hours: 'open',
    forS: 0,
    clearForS: 0,
    ...{ measurement, field, session, chance, others },
  };
}
