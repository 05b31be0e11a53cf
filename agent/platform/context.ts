import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, loadavg, totalmem, uptime } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckContext, HostReadings } from '../check.ts';
import { systemClock } from '../clock.ts';
import type { Say } from '../words.ts';
import { execute } from './execute.ts';
import { files } from './files.ts';
import { createNetwork } from './network.ts';
import { loadSystemInformation } from './system-information.ts';

const host: HostReadings = {
  loadAverage: loadavg,
  uptimeS: uptime,
  cpuCount: availableParallelism,
  memory: () => ({ total: totalmem(), free: freemem() }),
  cpuTimes() {
    const sum = { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 };
    for (const { times } of cpus()) {
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += times[key];
    }
    return sum;
  },
};

/** The real outside, for one run of one check. */
export function createContext(name: string, signal: AbortSignal, say: Say): CheckContext {
  return {
    name,
    platform: process.platform,
    signal,
    now: systemClock.now,
    monotonicMs: systemClock.monotonicMs,
    wait: (ms) => wait(ms, undefined, { signal }),
    ...files,
    statfs: (path) => statfs(path),
    host,
    ...createNetwork(signal),
    exec: (file, args, options) => execute(file, args, signal, options),
    systemInformation: loadSystemInformation,
    say,
  };
}
