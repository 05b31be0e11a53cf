import type { CpuRule, SensorRule, TextRule, UsageRule } from '../profile.ts';

/** What a device has of one who makes it for several sellers, each of whom has it under a number of his own. */
export interface MadeBy {
  identity: { model: TextRule[]; version: TextRule[]; serial: TextRule[] };
  cpu: CpuRule[];
  memory: UsageRule[];
  sensors: SensorRule[];
}
