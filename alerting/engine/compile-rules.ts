import type { DeviceKind } from '../../protocol/inventory.ts';
import type { RulePack, SilenceRule, StatusRule, ThresholdRule } from './types.ts';

/** The rules that judge one kind of device, laid out for the hot path. */
export interface Judged {
  thresholds: ReadonlyMap<string, readonly ThresholdRule[]>;
  statusRulesOf(check: string): readonly StatusRule[];
  /** At most one: the first of the pack that takes this kind. */
  silence: SilenceRule | undefined;
}

/** Check names remembered with their rules; agents choose the names, so their number has a bound. */
const REMEMBERED_CHECKS = 4096;

/** Picks and lays out the rules of the pack that judge this kind of device. */
export function compileRules(pack: RulePack, kind: DeviceKind): Judged {
  const rules = pack.rules.filter(({ scope }) => scope.kinds === undefined || scope.kinds.includes(kind));
  const thresholds = new Map<string, ThresholdRule[]>();
  for (const rule of rules) {
    if (rule.type !== 'threshold') continue;
    const same = thresholds.get(rule.measurement);
    if (same) same.push(rule);
    else thresholds.set(rule.measurement, [rule]);
  }
  return {
    thresholds,
    statusRulesOf: matchChecks(rules.filter((rule) => rule.type === 'status')),
    silence: rules.find((rule) => rule.type === 'silence'),
  };
}

function matchChecks(rules: readonly StatusRule[]): (check: string) => readonly StatusRule[] {
  const patterns = rules.map((rule) => ({ rule, pattern: patternOf(rule.check) }));
  const remembered = new Map<string, readonly StatusRule[]>();
  return (check) => {
    const known = remembered.get(check);
    if (known) return known;
    const matching = patterns.filter(({ pattern }) => pattern.test(check)).map(({ rule }) => rule);
    if (remembered.size < REMEMBERED_CHECKS) remembered.set(check, matching);
    return matching;
  };
}

function patternOf(check: string): RegExp {
  const parts = check.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
