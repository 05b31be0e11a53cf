import type { CheckContext } from '../check.ts';

export interface LinuxProcess {
  pid: string;
  /** The kernel's name of it: 15 bytes at most. */
  comm: string;
  /** One letter: R running, D blocked, Z zombie, … */
  state: string;
  /** The rest of its `stat` line, for `readUsage`. */
  rest: string;
}

/** What a process has used. */
export interface ProcessUsage {
  /** Tells it from another that took its number. */
  identity: string;
  memoryBytes: number;
  threads?: number;
  /** Since it started, where the system counts that. */
  cpuSeconds?: number;
  /** Of one processor since the last look, where the system tells that instead. */
  cpuPercent?: number;
}

/** What the kernel counts times in, for programs on every Linux. */
const TICKS_PER_S = 100;

/** `rest` begins with the parent's number, field 4 of proc(5). */
const FIRST_FIELD = 4;
const START_FIELD = 22;

/** When a process started, in ticks since the machine did: with its number, tells it from any other. */
export const startOf = (rest: string): string => rest.split(' ', START_FIELD - FIRST_FIELD + 1).at(-1) ?? '';

/** Every process now. One that ends meanwhile is left out. */
export async function listLinuxProcesses(ctx: CheckContext): Promise<LinuxProcess[]> {
  const found: LinuxProcess[] = [];
  for (const pid of await ctx.listDir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = await ctx.readText(`/proc/${pid}/stat`).catch(() => '');
    const process = parseStat(pid, stat);
    if (process) found.push(process);
  }
  return found;
}

/** A process's command line with its arguments apart by spaces; empty for a kernel thread or one that has ended. */
export async function readCommandLine(ctx: CheckContext, pid: string): Promise<string> {
  const text = await ctx.readText(`/proc/${pid}/cmdline`).catch(() => '');
  return text.replaceAll('\0', ' ').trim();
}

/** Undefined when it has ended meanwhile. */
export async function readUsage(ctx: CheckContext, { pid, rest }: LinuxProcess): Promise<ProcessUsage | undefined> {
  const status = await ctx.readText(`/proc/${pid}/status`).catch(() => '');
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  if (kib === undefined) return undefined;
  const fields = rest.split(' ').map(Number);
  const at = (field: number) => fields[field - FIRST_FIELD] ?? 0;
  return {
    identity: `${pid}@${startOf(rest)}`,
    cpuSeconds: (at(14) + at(15)) / TICKS_PER_S,
    memoryBytes: Number(kib) * 1024,
    threads: at(20),
  };
}

/** The name stands in parentheses and may hold any character, parentheses too. */
function parseStat(pid: string, stat: string): LinuxProcess | undefined {
  const opens = stat.indexOf('(');
  const closes = stat.lastIndexOf(')');
  const state = stat[closes + 2];
  if (opens < 0 || closes < opens || state === undefined) return undefined;
  return { pid, comm: stat.slice(opens + 1, closes), state, rest: stat.slice(closes + 4) };
}
