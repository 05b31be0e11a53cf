import type { CpuRule, NumberRule, UsageRule } from '../profile.ts';
import type { Usage } from '../reading.ts';
import { isThere } from './match.ts';
import { columnOf, finite, readNumber } from './number.ts';
import { isSkipped } from './skip.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { fillTemplate } from './template.ts';

export function readCpu(rule: CpuRule, snapshot: Snapshot): { name: string; usedPercent: number }[] {
  const all = snapshot
    .rows(columnOf(rule.used))
    .filter((row) => !isSkipped(rule.skip, snapshot, row))
    .flatMap((row) => {
      const usedPercent = readNumber(rule.used, snapshot, row);
      return usedPercent === undefined ? [] : [{ name: nameOf(rule.name, 'CPU', snapshot, row), usedPercent }];
    });
  const [first] = all;
  if (!rule.mean || !first) return all;
  return [{ name: first.name, usedPercent: all.reduce((sum, { usedPercent }) => sum + usedPercent, 0) / all.length }];
}

/** Memory or storage. A row of which too little is told is left out. */
export function readUsage(rule: UsageRule, part: 'memory' | 'storage', snapshot: Snapshot): Usage[] {
  const column = rule.percent ?? rule.used ?? rule.free ?? rule.total;
  if (column === undefined) return [];
  return snapshot
    .rows(columnOf(column))
    .filter((row) => !isSkipped(rule.skip, snapshot, row))
    .flatMap((row) => {
      const share = shareOf(rule, snapshot, row);
      return share ? [{ name: nameOf(rule.name, part, snapshot, row), ...share }] : [];
    });
}

function shareOf(rule: UsageRule, snapshot: Snapshot, row: Row): Omit<Usage, 'name'> | undefined {
  const read = (number: NumberRule | undefined) => readNumber(number, snapshot, row);
  const [percent, used, free, told] = [read(rule.percent), read(rule.used), read(rule.free), read(rule.total)];
  const total = told ?? (used !== undefined && free !== undefined ? used + free : undefined);
  const totalBytes = total !== undefined && total > 0 ? { totalBytes: total * (rule.unit ?? 1) } : {};
  if (percent !== undefined) return { usedPercent: percent, ...totalBytes };
  if (total === undefined || total <= 0) return undefined;
  const taken = used ?? (free === undefined ? undefined : total - free);
  if (taken === undefined) return undefined;
  const kept = taken - reclaimableIn(rule, snapshot, row);
  const usedPercent = finite(round((100 * (kept < 0 ? taken : kept)) / total));
  return usedPercent === undefined ? undefined : { usedPercent, ...totalBytes };
}

function reclaimableIn({ reclaimable = [] }: UsageRule, snapshot: Snapshot, row: Row): number {
  return reclaimable
    .flatMap(({ value, where }) => {
      if (!where) return [readNumber(value, snapshot, row)];
      const rows = snapshot.rows(columnOf(value)).filter((other) => isThere(where, snapshot, other));
      return rows.map((other) => readNumber(value, snapshot, other));
    })
    .reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

/** As the template has it; what the thing is and its index where that is empty. */
export const nameOf = (template: string, thing: string, snapshot: Snapshot, row: Pick<Row, 'index'>): string =>
  fillTemplate(template, snapshot, row) || `${thing} ${row.index}`;

const round = (value: number) => Math.round(value * 100) / 100;
