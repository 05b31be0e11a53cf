import type { CheckContext } from '../check.ts';
import {
  type LinuxProcess,
  listLinuxProcesses,
  type ProcessUsage,
  readCommandLine,
  readUsage,
  startOf,
} from './linux-processes.ts';

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

/** Looks for processes that run now, on any platform; zombies are none. */
export function createProcessFinder(
  wanted: Wanted,
  withUsage: boolean,
): (ctx: CheckContext) => Promise<FoundProcesses> {
  const commandLines = createCommandLines();
  return (ctx) => (ctx.platform === 'linux' ? findLinux(ctx, wanted, withUsage, commandLines) : findOther(ctx, wanted));
}

async function findLinux(
  ctx: CheckContext,
  { program, pattern }: Wanted,
  withUsage: boolean,
  commandLines: CommandLines,
): Promise<FoundProcesses> {
  const all = (await listLinuxProcesses(ctx)).filter(({ state }) => state !== 'Z');
  commandLines.keepOnly(all);
  const commandLine = (each: LinuxProcess) => commandLines.of(ctx, each);
  let its: LinuxProcess[];
  if (program === undefined) {
    const matches = matcher(pattern);
    its = await which(all, async (process) => !isThisAgent(process.pid) && matches(await commandLine(process)));
  } else {
    const isProgram = async (process: LinuxProcess) => programOf(await commandLine(process)) === program;
    its = await which(
      all,
      async (each) => each.comm === program || (isCutShort(each.comm, program) && isProgram(each)),
    );
    // A program may call itself otherwise, as Node and Chromium do: what it was started as costs a look at each.
    if (its.length === 0) its = await which(all, async (each) => !isThisAgent(each.pid) && isProgram(each));
  }
  const usage = withUsage ? await Promise.all(its.map((each) => readUsage(ctx, each))) : [];
  return { count: its.length, usage: usage.filter((each) => each !== undefined) };
}

interface CommandLines {
  of(ctx: CheckContext, process: LinuxProcess): Promise<string>;
  /** Forgets those that have ended. */
  keepOnly(processes: readonly LinuxProcess[]): void;
}

/**
 * A process keeps its command line until it runs another program, which as a rule renames it: none is read more than
 * twice. Twice, because one that was just forked bears its parent's for a moment.
 */
function createCommandLines(): CommandLines {
  let known = new Map<string, { line: string; isSettled: boolean }>();
  const nameOf = ({ pid, comm, rest }: LinuxProcess) => `${pid}@${startOf(rest)} ${comm}`;
  return {
    async of(ctx, process) {
      const name = nameOf(process);
      const before = known.get(name);
      if (before?.isSettled) return before.line;
      const line = await readCommandLine(ctx, process.pid);
      known.set(name, { line, isSettled: before?.line === line });
      return line;
    },
    keepOnly(processes) {
      const before = known;
      known = new Map();
      for (const name of processes.map(nameOf)) {
        const each = before.get(name);
        if (each) known.set(name, each);
      }
    },
  };
}

async function which<Each>(all: readonly Each[], isIt: (each: Each) => Promise<boolean>): Promise<Each[]> {
  const found: Each[] = [];
  for (const each of all) if (await isIt(each)) found.push(each);
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
