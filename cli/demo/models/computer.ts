import type { Point } from '../../../protocol/messages.ts';
import { activity, counted, drift, flutter, type Model, type Moment, percent, round, trait, uptimeS } from './model.ts';

/** What tells a till from a server. */
export interface ComputerProfile {
  memoryBytes: number;
  diskBytes: number;
  /** Processor use when nothing happens and what a full shop adds, in percent. */
  idleCpu: number;
  busyCpu: number;
  /** Memory in use, in percent. */
  memory: number;
  /** Bytes received per second when the shop is full. */
  bytesPerS: number;
  processes: number;
  /** The program that must run. */
  program: string;
  /** Where its data lives. */
  path: string;
}

const FULL_PERCENT = 97;
const WEEK_MS = 7 * 86_400_000;

/** A machine with a processor, memory, a disk, a network and a program that must run. */
export const computer =
  (profile: ComputerProfile): Model =>
  (moment) => ({
    points: [
      cpu(moment, profile),
      memory(moment, profile),
      disk(moment, profile),
      network(moment, profile),
      system(moment),
      {
        m: 'processes',
        f: { total: Math.round(profile.processes * (1 + 0.05 * flutter(moment, 41))), zombies: 0 },
      },
      { m: 'procstat_lookup', t: { pattern: profile.program }, f: { running: 1 } },
    ],
    statuses: [{ check: `process:${profile.program}`, status: 'ok' }],
  });

function busy(moment: Moment, { idleCpu, busyCpu }: ComputerProfile): number {
  return idleCpu + busyCpu * activity(moment) * (1 + 0.3 * flutter(moment, 11)) + 2 * trait(moment, 12);
}

function cpu(moment: Moment, profile: ComputerProfile): Point {
  const active = percent(busy(moment, profile));
  return {
    m: 'cpu',
    t: { cpu: 'cpu-total' },
    f: {
      usage_active: active,
      usage_user: percent(active * 0.68),
      usage_system: percent(active * 0.27),
      usage_iowait: percent(active * 0.05),
    },
  };
}

function memory(moment: Moment, profile: ComputerProfile): Point {
  const used = percent(profile.memory + 6 * trait(moment, 21) + 4 * drift(moment, 22) + flutter(moment, 23));
  return {
    m: 'mem',
    f: { used_percent: used, available_percent: percent(100 - used), total: profile.memoryBytes },
  };
}

function disk(moment: Moment, profile: ComputerProfile): Point {
  const weekly = ((moment.at / WEEK_MS + trait(moment, 31)) % 1) * 5;
  const usual = 34 + 24 * trait(moment, 32) + weekly;
  const used = percent(usual + (FULL_PERCENT - usual) * moment.condition.diskFill);
  return {
    m: 'disk',
    t: { path: profile.path, device: 'sda2', fstype: 'ext4' },
    f: {
      used_percent: used,
      free: Math.round(profile.diskBytes * (1 - used / 100)),
      total: profile.diskBytes,
      inodes_used_percent: percent(6 + 8 * trait(moment, 33)),
    },
  };
}

function network(moment: Moment, { bytesPerS }: ComputerProfile): Point {
  return {
    m: 'net',
    t: { interface: 'eth0' },
    f: {
      bytes_recv: counted(moment, bytesPerS),
      bytes_sent: counted(moment, bytesPerS * 0.6),
      err_in: counted(moment, 0.00002),
      drop_in: counted(moment, 0.0004),
    },
  };
}

function system(moment: Moment): Point {
  return {
    m: 'system',
    f: {
      load1: round(0.15 + 0.9 * activity(moment) * (1 + 0.4 * flutter(moment, 51, 60_000))),
      uptime: uptimeS(moment),
    },
  };
}
