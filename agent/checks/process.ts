import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { listLinuxProcesses, readCommandLine } from '../platform/linux-processes.ts';

/** The kernel keeps this many bytes of a process's name. */
const COMM_BYTES = 15;

interface Wanted {
  program?: string;
  pattern?: string;
}

/** Whether a wanted process runs: found by its name, or by a pattern in its command line. */
export const plugin = definePlugin({
  type: 'process',
  title: { fr: 'Processus attendu', en: 'Expected process' },
  options: Type.Object(
    {
      program: Type.Optional(
        Type.String({ minLength: 1, maxLength: 200, description: 'Name of the program, e.g. `posd` or `pos.exe`.' }),
      ),
      pattern: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          format: 'regex',
          description: 'Regular expression looked for in the whole command line; used where `program` is not given.',
        }),
      ),
      min: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 10_000, default: 1, description: 'How many must run; fewer is critical.' }),
      ),
    },
    {
      additionalProperties: false,
      anyOf: [{ required: ['program'] }, { required: ['pattern'] }],
      description: 'Needs `program` or `pattern`.',
    },
  ),
  example: { program: 'posd', min: 1 },
  distinguish: ({ program, pattern }) => program ?? pattern ?? '',
  create: ({ program, pattern, min = 1 }) => {
    const wanted = { ...(program !== undefined && { program }), ...(pattern !== undefined && { pattern }) };
    const label = program ?? pattern ?? '';
    return async (ctx) => {
      const running = ctx.platform === 'linux' ? await countLinux(ctx, wanted) : await countOther(ctx, wanted);
      return {
        points: [{ m: 'procstat_lookup', t: { pattern: label }, f: { running } }],
        statuses: [
          running >= min
            ? { check: ctx.name, status: 'ok' }
            : {
                check: ctx.name,
                status: 'critical',
                text: ctx.say({
                  fr: `« ${label} »\u202f: ${running} en marche, ${min} attendu${min > 1 ? 's' : ''}.`,
                  en: `“${label}”: ${running} running, ${min} expected.`,
                }),
              },
        ],
      };
    };
  },
});

async function countLinux(ctx: CheckContext, { program, pattern }: Wanted): Promise<number> {
  const matches = matcher(pattern);
  let count = 0;
  for (const { pid, comm, state } of await listLinuxProcesses(ctx)) {
    if (state === 'Z') continue;
    if (program === undefined) {
      if (pid !== String(process.pid) && matches(await readCommandLine(ctx, pid))) count += 1;
    } else if (
      comm === program ||
      (isCutShort(comm, program) && programOf(await readCommandLine(ctx, pid)) === program)
    ) {
      count += 1;
    }
  }
  return count;
}

async function countOther(ctx: CheckContext, { program, pattern }: Wanted): Promise<number> {
  const matches = matcher(pattern);
  const { list } = await (await ctx.systemInformation()).processes();
  return list.filter((found) => {
    if (program !== undefined) return found.name.toLowerCase() === program.toLowerCase();
    return found.pid !== process.pid && matches(`${found.command} ${found.params}`);
  }).length;
}

const matcher = (pattern: string | undefined): ((text: string) => boolean) => {
  const expression = new RegExp(pattern ?? '');
  return (text) => text !== '' && expression.test(text);
};

const isCutShort = (comm: string, program: string): boolean => comm.length >= COMM_BYTES && program.startsWith(comm);

const programOf = (commandLine: string): string => {
  const [program = ''] = commandLine.split(' ');
  return program.slice(program.lastIndexOf('/') + 1);
};
