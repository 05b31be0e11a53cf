import { machineCpuSeconds, treeCpuSeconds } from './processes.ts';

export interface CpuFigures {
  seconds: number;
  /** CPU seconds of each part with its children. */
  parts: Record<string, number>;
  /** CPU seconds of the load and of the bench itself. */
  load: number;
  /** Share of the machine that everything else took: near 0, or the run is spoilt. */
  other: number;
  /** Share of the machine that was busy. */
  busy: number;
}

/** Begins to count what processes burn; the answer says it. */
export function openCpuWindow(parts: Record<string, number>, loads: readonly number[]): () => CpuFigures {
  const spent = () => ({
    at: performance.now(),
    machine: machineCpuSeconds(),
    parts: Object.entries(parts).map(([name, pid]) => [name, treeCpuSeconds(pid)] as const),
    load: loads.reduce((sum, pid) => sum + treeCpuSeconds(pid), 0) + ownCpuSeconds(),
  });
  const before = spent();
  return () => {
    const after = spent();
    const used = after.parts.map(([name, cpu], i) => [name, cpu - (before.parts[i]?.[1] ?? 0)] as const);
    const load = after.load - before.load;
    const busy = after.machine.busy - before.machine.busy;
    const total = after.machine.total - before.machine.total;
    return {
      seconds: (after.at - before.at) / 1000,
      parts: Object.fromEntries(used),
      load,
      other: Math.max(0, busy - load - used.reduce((sum, [, cpu]) => sum + cpu, 0)) / total,
      busy: busy / total,
    };
  };
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
