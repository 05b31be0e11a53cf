import { setImmediate as othersTurn } from 'node:timers/promises';
import { type ReadRules, readEffectiveRules } from '../../alerting/engine/effective-rules.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import { diffPacks } from '../../alerting/rules/diff-packs.ts';
import { viewPack, viewRule } from '../../alerting/rules/view-rules.ts';
import type { Devices } from '../../collector/devices.ts';
import type { DeviceRuleSource } from '../../dashboard/ports/device-rules.ts';
import { storeOf } from '../../protocol/names.ts';
import type { PackRule } from '../../protocol/rule-views.ts';
import type { Assets } from './assets.ts';

/** The whole inventory is gone through for it: it is told again for so long. */
const KEPT_MS = 30_000;

/** What judges each device, by the rules and the inventory as they are now. */
export function createDeviceRules({
  pack,
  devices,
  assets,
  now,
}: {
  pack: () => RulePack;
  devices: Pick<Devices, 'store' | 'device' | 'judged'>;
  assets: Pick<Assets, 'observed'>;
  now: () => number;
}): DeviceRuleSource {
  let laidOut: { pack: RulePack; read: ReadRules } | undefined;
  let told: { pack: RulePack; at: number; rules: Promise<PackRule[]> } | undefined;

  /** What the rules do that none would not. */
  async function tell(whole: RulePack): Promise<PackRule[]> {
    const { settleS, quietS, graceS } = whole;
    const chain = { inventory: devices.judged(), observed: assets.observed, alerts: [] };
    const effect = await diffPacks({ rules: [], settleS, quietS, graceS }, whole, chain, () => othersTurn());
    const reached = new Map(effect.rules.map((rule) => [rule.id, rule]));
    return viewPack(whole).map((rule) => {
      const reach = reached.get(rule.id);
      return { ...rule, devices: reach?.devices ?? 0, stores: reach?.stores ?? 0 };
    });
  }

  return {
    device(key) {
      const store = devices.store(storeOf(key));
      const device = devices.device(key);
      if (!store || !device) return undefined;
      const whole = pack();
      if (laidOut?.pack !== whole) laidOut = { pack: whole, read: readEffectiveRules(whole) };
      return laidOut.read(store, device, key, assets.observed(key)).map((rule) => viewRule(rule, whole));
    },
    all() {
      const whole = pack();
      if (told?.pack !== whole || now() - told.at >= KEPT_MS) told = { pack: whole, at: now(), rules: tell(whole) };
      return told.rules;
    },
  };
}
