import type { MeasurementDefinition } from './measurements/definition.ts';
import { HOST } from './measurements/host.ts';
import { NETWORK } from './measurements/network.ts';
import { RETAIL } from './measurements/retail.ts';
import { SELF } from './measurements/self.ts';
import { SNMP } from './measurements/snmp.ts';

export type { FieldDefinition, MeasurementDefinition, Unit } from './measurements/definition.ts';

/** Measurements people read, under Telegraf's names. A measurement that is not here is stored and judged all the same. */
export const MEASUREMENTS: Readonly<Record<string, MeasurementDefinition>> = {
  ...HOST,
  ...NETWORK,
  ...RETAIL,
  ...SELF,
  ...SNMP,
};
