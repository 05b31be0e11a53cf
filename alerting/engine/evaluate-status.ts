import type { Reason } from '../../protocol/reasons.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import { applySample, isFollowed, type Verdict } from './alerts.ts';
import { hearCheck } from './series.ts';
import type { DeviceEntry, Turn } from './state.ts';
import type { StatusRule } from './types.ts';

/** Judges what the checks of one report say by themselves: one alert per check and rule. */
export function judgeStatuses(device: DeviceEntry, statuses: readonly CheckStatus[], turn: Turn): void {
  for (const status of statuses) {
    hearCheck(device, status.check, turn);
    if (status.status === 'ok' && device.alerts === undefined && device.rings === undefined) continue;
    for (const rule of device.judged.statusRulesOf(status.check)) {
      const verdict = verdictOf(rule, status);
      if (verdict !== 'fault' && !isFollowed(device, rule)) continue;
      applySample(device, rule, status.check, verdict, reasonOf(status, verdict), turn);
    }
  }
}

/** A check that could not tell (`unknown`) neither raises nor clears, unless the rule names it. */
function verdictOf(rule: StatusRule, { status }: CheckStatus): Verdict {
  if (status === 'ok') return 'clear';
  if (rule.raise.includes(status)) return 'fault';
  return status === 'unknown' ? 'between' : 'clear';
}

function reasonOf({ check, status, text }: CheckStatus, verdict: Verdict): Reason {
  if (status === 'ok' || verdict === 'clear') return { code: 'status.cleared', params: { check } };
  return { code: `status.${status}`, params: text === undefined ? { check } : { check, text } };
}
