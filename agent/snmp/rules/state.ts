import type { SensorRule } from '../profile.ts';

/** A column or scalar of codes, and what they mean. */
export const state = (
  name: string,
  value: SensorRule['value'],
  states: NonNullable<SensorRule['states']>,
): SensorRule => ({ kind: 'state', name, value, states });
