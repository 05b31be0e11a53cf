import { lstat, readdir, unlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Type } from 'typebox';
import { ACTION_TITLES } from '../../protocol/actions.ts';
import { globMatcher } from '../../protocol/glob.ts';
import { type Action, type ActionContext, defineAction, type Standing } from '../action.ts';
import { describeError } from '../describe-error.ts';
import { run } from '../platform/service-control.ts';

/** A folder with more than these is no spool that a till can have. */
const MOST_FILES = 10_000;

interface Folder {
  folder: string;
  takes: (name: string) => boolean;
  olderThanS: number;
}

/** Takes waiting print jobs away: of a queue of CUPS, or the files of one folder. */
export const plugin = defineAction({
  type: 'clear_spool',
  title: ACTION_TITLES.clear_spool,
  options: Type.Object(
    {
      queues: Type.Optional(
        Type.Array(Type.String({ pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}$' }), {
          minItems: 1,
          maxItems: 32,
          uniqueItems: true,
          description: 'Queues of CUPS that may be cleared, by their names; a command chooses one.',
        }),
      ),
      folder: Type.Optional(
        Type.String({ minLength: 1, maxLength: 4096, description: 'The spool folder, by its full path.' }),
      ),
      files: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          pattern: '^[^/\\\\]+$',
          description: 'Which files of the folder are removed, such as `*.spl`; `*` stands for any run of characters.',
        }),
      ),
      olderThanS: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 31_536_000,
          default: 0,
          description: 'Seconds a file must not have been written for: a job that is coming in is left alone.',
        }),
      ),
    },
    {
      additionalProperties: false,
      anyOf: [{ required: ['queues'] }, { required: ['folder', 'files'] }],
      description: 'Needs `queues`, or `folder` and `files`.',
    },
  ),
  example: { folder: '/var/spool/tickets', files: '*.spl', olderThanS: 60 },
  choices: ({ queues }) => (queues === undefined ? {} : { queue: queues }),
  create: ({ queues, folder = '', files = '', olderThanS = 0 }) =>
    queues === undefined ? folderSpool({ folder, takes: globMatcher(files, { withMarks: true }), olderThanS }) : QUEUE,
});

const QUEUE: Action = {
  async look(ctx) {
    const queue = ctx.args.queue ?? '';
    const jobs = (await run(ctx, 'lpstat', ['-o', queue])).split('\n').filter((line) => line.trim() !== '').length;
    return waiting(ctx, queue, jobs);
  },
  act: (ctx) => run(ctx, 'cancel', ['-a', ctx.args.queue ?? '']),
};

function folderSpool(spool: Folder): Action {
  return {
    look: async (ctx) => waiting(ctx, spool.folder, (await waitingFiles(ctx, spool)).length),
    async act(ctx) {
      const lines: string[] = [];
      for (const name of await waitingFiles(ctx, spool)) {
        ctx.signal.throwIfAborted();
        try {
          await unlink(join(spool.folder, name));
          lines.push(name);
        } catch (error) {
          // Printed meanwhile, or held open by who prints it.
          lines.push(`${name}: ${describeError(error)}`);
        }
      }
      return lines.join('\n');
    },
  };
}

/** Good as soon as nothing waits. */
const waiting = ({ say }: ActionContext, where: string, jobs: number): Standing => ({
  text: say({
    fr: `${where}\u202f: ${jobs} travail(aux) en attente`,
    en: `${where}: ${jobs} job(s) waiting`,
  }),
  isGood: jobs === 0,
});

/**
 * Plain files that stand in the folder itself and match. A link is not followed, not even one in the folder's own place:
 * whoever may write there must not choose what we remove.
 */
async function waitingFiles(ctx: ActionContext, { folder, takes, olderThanS }: Folder): Promise<string[]> {
  if (!isAbsolute(folder)) throw new Error(`${folder} is not a full path`);
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !takes(entry.name)) continue;
    const { mtimeMs } = await lstat(join(folder, entry.name));
    if (ctx.now() - mtimeMs >= olderThanS * 1000) found.push(entry.name);
    if (found.length > MOST_FILES) throw new Error(`${folder} holds more than ${MOST_FILES} files`);
  }
  return found.sort();
}
