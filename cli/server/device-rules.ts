import { type ReadRules, readEffectiveRules } from '../../alerting/engine/effective-rules.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import { viewRule } from '../../alerting/rules/view-rules.ts';
import type { Devices } from '../../collector/devices.ts';
import type { DeviceRuleSource } from '../../dashboard/ports/device-rules.ts';
import { storeOf } from '../../protocol/names.ts';
import type { Assets } from './assets.ts';

/** What judges each device, by the rules and the inventory as they are now. */
export function createDeviceRules({
  pack,
  devices,
  assets,
}: {
  pack: () => RulePack;
  devices: Pick<Devices, 'store' | 'device'>;
  assets: Pick<Assets, 'observed'>;
}): DeviceRuleSource {
  let laidOut: { pack: RulePack; read: ReadRules } | undefined;
  return {
    device(key) {
      const store = devices.store(storeOf(key));
      const device = devices.device(key);
      if (!store || !device) return undefined;
      const now = pack();
      if (laidOut?.pack !== now) laidOut = { pack: now, read: readEffectiveRules(now) };
      return laidOut.read(store, device, key, assets.observed(key)).map((rule) => viewRule(rule, now));
    },
  };
}
