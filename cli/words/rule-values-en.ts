import type { RuleLevel } from '../../protocol/rule-views.ts';

export const ruleValuesEn = {
  levels: {
    pack: 'rules',
    chain: 'chain',
    group: 'group',
    store: 'store',
    kind: 'kind',
    device: 'device',
  } satisfies Record<RuleLevel, string>,
  within: (place: string) => `in ${place}`,
  off: 'off',
  on: 'on',
  passedOver: (origin: string) => `does not go with what wider places set, and is passed over: ${origin}`,
  devices: (count: number) => (count === 1 ? '1 device' : `${count} devices`),
  noDevice: (place: string) => `there is no store or device ${place}; expected chain/store or chain/store/device`,
  needsPlace: 'name a store or a device, or a file of rules with --rules',
  nothingElse: 'Every value is that of the rules themselves.',
  faults: (count: number) => `${count} override(s) or group(s) to look at:`,
  inventoryWithoutRules: '--inventory is for rules of a file: name it with --rules',
};
export type RuleValuesWords = typeof ruleValuesEn;
