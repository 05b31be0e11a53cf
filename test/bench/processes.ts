import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_S = 100;

/** Parent and CPU ticks of a process: its own, and those of children it has waited for. Undefined once it is gone. */
function readStat(pid: number | string): { parent: number; own: number; waitedFor: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (i: number) => fields[i] as number;
    return { parent: ticks(1), own: ticks(11) + ticks(12), waitedFor: ticks(13) + ticks(14) };
  } catch {
    return undefined;
  }
}

/** A process and all that descends from it. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? readStat(name)?.parent : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** CPU seconds of a process and its descendants, those that have come and gone included. */
export function treeCpuSeconds(root: number): number {
  const stats = processTree(root).flatMap((pid) => readStat(pid) ?? []);
  return stats.reduce((sum, { own, waitedFor }) => sum + own + waitedFor, 0) / TICKS_PER_S;
}

/** CPU seconds since the machine started: used by anyone, and there were. */
export function machineCpuSeconds(): { busy: number; total: number } {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] as string;
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, one) => sum + one, 0);
  return { busy: (total - (ticks[3] as number) - (ticks[4] as number)) / TICKS_PER_S, total: total / TICKS_PER_S };
}

/** Resident and private dirty memory of a process in MB, from /proc; `pss` counts a shared page for its share only. */
export function memoryMb(pid: number): { rss: number; pss: number; private: number } {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
  return { rss: mb('Rss'), pss: mb('Pss'), private: mb('Private_Dirty') };
}

/** Memory of a process and its descendants in MB, shared pages counted once. */
export function treePssMb(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + pssMb(pid), 0);
}

function pssMb(pid: number): number {
  try {
    return memoryMb(pid).pss;
  } catch {
    // It has just ended.
    return 0;
  }
}

/** The value below which the given share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
