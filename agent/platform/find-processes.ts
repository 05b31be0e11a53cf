import type { CheckContext } from '../check.ts';
import { listLinuxProcesses, type ProcessUsage, readCommandLine, readUsage } from './linux-processes.ts';

/** The kernel keeps this many bytes of a process's name. */
const COMM_BYTES = 15;
const KIB = 1024;

/** Found by its program's name or by a pattern in its command line. */
export interface Wanted {
  program?: string;
  pattern?: string;
}

export interface FoundProcesses {
  count: number;
  /** Only where it was asked for. */
  usage: ProcessUsage[];
}

/** Processes that run now, on any platform; zombies are none. */
export function findProcesses(ctx: CheckContext, wanted: Wanted, withUsage: boolean): Promise<FoundProcesses> {
  return ctx.platform === 'linux' ? findLinux(ctx, wanted, withUsage) : findOther(ctx, wanted);
}

async function findLinux(ctx: CheckContext, wanted: Wanted, withUsage: boolean): Promise<FoundProcesses> {
  const { program, pattern } = wanted;
  const matches = matcher(pattern);
  const found: FoundProcesses = { count: 0, usage: [] };
  for (const process of await listLinuxProcesses(ctx)) {
    const { pid, comm, state } = process;
    if (state === 'Z') continue;
    const isIt =
      program === undefined
        ? !isThisAgent(pid) && matches(await readCommandLine(ctx, pid))
        : comm === program || (isCutShort(comm, program) && programOf(await readCommandLine(ctx, pid)) === program);
    if (!isIt) continue;
    found.count += 1;
    const usage = withUsage ? await readUsage(ctx, process) : undefined;
    if (usage) found.usage.push(usage);
  }
  return found;
}

async function findOther(ctx: CheckContext, { program, pattern }: Wanted): Promise<FoundProcesses> {
  const matches = matcher(pattern);
  const { list } = await (await ctx.systemInformation()).processes();
  const found = list.filter((process) => {
    if (program !== undefined) return process.name.toLowerCase() === program.toLowerCase();
    return !isThisAgent(String(process.pid)) && matches(`${process.command} ${process.params}`);
  });
  return {
    count: found.length,
    // It tells a share of all processors since it last looked; Telegraf's is of one.
    usage: found.map(({ pid, cpu, memRss }) => ({
      identity: String(pid),
      cpuPercent: cpu * ctx.host.cpuCount(),
      memoryBytes: memRss * KIB,
    })),
  };
}

const isThisAgent = (pid: string): boolean => pid === String(process.pid);

const matcher = (pattern: string | undefined): ((text: string) => boolean) => {
  const expression = new RegExp(pattern ?? '');
  return (text) => text !== '' && expression.test(text);
};

const isCutShort = (comm: string, program: string): boolean => comm.length >= COMM_BYTES && program.startsWith(comm);

const programOf = (commandLine: string): string => {
  const [program = ''] = commandLine.split(' ');
  return program.slice(program.lastIndexOf('/') + 1);
};
