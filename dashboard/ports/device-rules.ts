import type { DeviceKey } from '../../protocol/names.ts';
import type { PackRule, RuleView } from '../../protocol/rule-views.ts';

/** What judges a device. */
export interface DeviceRuleSource {
  /** Its rules in the order of the pack, those that are switched off for it among them. Undefined: there is no such device. */
  device(key: DeviceKey): RuleView[] | undefined;
  /** All that hold, in the order of the pack; whom each judges may be half a minute old. */
  all(): Promise<PackRule[]>;
}
