import type { CheckContext } from '../check.ts';

export interface LinuxProcess {
  pid: string;
  /** The kernel's name of it: 15 bytes at most. */
  comm: string;
  /** One letter: R running, D blocked, Z zombie, … */
  state: string;
}

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

/** The name stands in parentheses and may hold any character, parentheses too. */
function parseStat(pid: string, stat: string): LinuxProcess | undefined {
  const opens = stat.indexOf('(');
  const closes = stat.lastIndexOf(')');
  const state = stat[closes + 2];
  if (opens < 0 || closes < opens || state === undefined) return undefined;
  return { pid, comm: stat.slice(opens + 1, closes), state };
}
