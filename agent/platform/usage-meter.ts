import type { ProcessUsage } from './linux-processes.ts';

/**
 * Sums up what processes use, look after look. CPU is a share of one processor since the last look. A process that takes
 * the place of one that is gone counts as a restart, however long the place was empty.
 */
export function createUsageMeter(): (processes: readonly ProcessUsage[], nowMs: number) => Record<string, number> {
  let before: { seconds: Map<string, number>; at: number } | undefined;
  let vacant = 0;
  let restarts = 0;
  return (processes, nowMs) => {
    const seconds = new Map(processes.map(({ identity, cpuSeconds = 0 }) => [identity, cpuSeconds]));
    const last = before;
    before = { seconds, at: nowMs };
    if (last) {
      vacant += [...last.seconds.keys()].filter((identity) => !seconds.has(identity)).length;
      const taken = Math.min(vacant, [...seconds.keys()].filter((identity) => !last.seconds.has(identity)).length);
      vacant -= taken;
      restarts += taken;
    }
    const cpu = cpuShare(processes, last, nowMs);
    const threads = processes.every((process) => process.threads !== undefined);
    return {
      memory_rss: sum(processes.map(({ memoryBytes }) => memoryBytes)),
      ...(threads && { num_threads: sum(processes.map((process) => process.threads ?? 0)) }),
      ...(cpu !== undefined && { cpu_usage: cpu }),
      restarts,
    };
  };
}

/** What a new process has used, it used since the last look. */
function cpuShare(
  processes: readonly ProcessUsage[],
  last: { seconds: Map<string, number>; at: number } | undefined,
  nowMs: number,
): number | undefined {
  if (processes.some(({ cpuPercent }) => cpuPercent !== undefined)) {
    return sum(processes.map(({ cpuPercent = 0 }) => cpuPercent));
  }
  if (!last || nowMs <= last.at) return undefined;
  const used = processes.map(({ identity, cpuSeconds = 0 }) => cpuSeconds - (last.seconds.get(identity) ?? 0));
  return (sum(used) / ((nowMs - last.at) / 1000)) * 100;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
