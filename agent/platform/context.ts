import { readFileSync } from 'node:fs';
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { availableParallelism, cpus, freemem, loadavg, totalmem, uptime } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckContext, HostReadings } from '../check.ts';
import { systemClock } from '../clock.ts';
import type { Say } from '../words.ts';
import { execute } from './execute.ts';
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
    readText,
    listDir: (path) => readdir(path),
    isDirectory: async (path) => (await stat(path)).isDirectory(),
    statfs: (path) => statfs(path),
    host,
    connect: (server, port) => openAndClose(server, port, signal),
    fetch: (url, init) => fetch(url, { ...init, signal }),
    exec: (file, args, options) => execute(file, args, signal, options),
    systemInformation: loadSystemInformation,
    say,
  };
}

/**
 * /proc answers from memory, and a read in place costs a tenth of one through the thread pool. A command line is the
 * exception: the kernel takes it from the process's own memory and may wait for it.
 */
const answersAtOnce = (path: string): boolean => path.startsWith('/proc/') && !path.endsWith('/cmdline');

async function readText(path: string): Promise<string> {
  return answersAtOnce(path) ? readFileSync(path, 'utf8') : readFile(path, 'utf8');
}

function openAndClose(server: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: server, port });
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve();
      socket.destroy();
    });
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
  });
}
