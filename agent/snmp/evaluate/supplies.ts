import type { SupplyRule } from '../profile.ts';
import type { SensorStatus, Supply } from '../reading.ts';
import { textOf } from '../value.ts';
import { addressOf, lookUp } from './address.ts';
import { columnOf, finite, readNumber } from './number.ts';
import { isSkipped } from './skip.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { nameOf } from './usage.ts';

/** Printer-MIB's negative levels: without a limit, unknown, some is left. */
const NO_LIMIT = -1;
const SOME = -3;
const LOW_PERCENT = 10;

export function readSupplies(rule: SupplyRule, snapshot: Snapshot): Supply[] {
  const column = rule.percent ?? rule.level;
  if (column === undefined) return [];
  return snapshot
    .rows(columnOf(column))
    .filter((row) => !isSkipped(rule.skip, snapshot, row))
    .map((row) => {
      const kind = kindOf(rule.kind, snapshot, row);
      const left = leftOf(rule, snapshot, row);
      const status = atWorst(left.status, rule.worst);
      return { name: nameOf(rule.name, kind, snapshot, row), kind, ...left, status };
    });
}

function kindOf(kind: SupplyRule['kind'], snapshot: Snapshot, row: Row): string {
  if (typeof kind === 'string') return kind;
  const code = lookUp(snapshot, addressOf(kind.oid), row);
  return (code && kind.map[textOf(code)]) ?? 'other';
}

function leftOf(rule: SupplyRule, snapshot: Snapshot, row: Row): Pick<Supply, 'leftPercent' | 'status'> {
  const percent = readNumber(rule.percent, snapshot, row);
  if (percent !== undefined && percent >= 0) return told(percent);
  const level = readNumber(rule.level, snapshot, row);
  const max = readNumber(rule.max, snapshot, row);
  const share = level !== undefined && level >= 0 && max !== undefined && max > 0 ? (100 * level) / max : undefined;
  if (finite(share) !== undefined) return told(share as number);
  return { status: level === NO_LIMIT || level === SOME ? 'ok' : 'unknown' };
}

const GRAVITY: readonly SensorStatus[] = ['ok', 'warning', 'critical'];

const atWorst = (status: SensorStatus, worst: SensorStatus = 'critical') =>
  GRAVITY.indexOf(status) > GRAVITY.indexOf(worst) ? worst : status;

const told = (percent: number) => ({ leftPercent: Math.round(percent * 10) / 10, status: judge(percent) });

function judge(percent: number): SensorStatus {
  if (percent <= 0) return 'critical';
  return percent <= LOW_PERCENT ? 'warning' : 'ok';
}
