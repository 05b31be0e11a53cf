import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { parseTime } from '../parsers/time.ts';
import { findFiles } from '../platform/find-files.ts';
import { Command, runCommand } from '../source.ts';

/** How much of a log's end is searched. */
const TAIL_BYTES = 256 * 1024;

const Path = (description: string, fr: string) => Type.String({ minLength: 1, maxLength: 1024, description, fr });

/**
 * How long ago the last sale was, and how many were seen since the agent started: of a log each line counts, of a file or a
 * command each run that shows a later sale. Whether a pause is too long depends on the hour and the till: the rules know,
 * this check does not.
 */
export const plugin = definePlugin({
  type: 'last_sale',
  title: { fr: 'Dernière vente', en: 'Last sale' },
  options: Type.Object(
    {
      file: Type.Optional(
        Path(
          'File written with each sale; of several that fit `*` and `?` the one written last counts.',
          'Fichier écrit à chaque vente\u202f; de plusieurs qui répondent à `*` et `?`, le dernier écrit compte.',
        ),
      ),
      log: Type.Optional(
        Type.Object(
          {
            file: Path(
              'The log; of several that fit `*` and `?` the one written last is read.',
              'Le journal\u202f; de plusieurs qui répondent à `*` et `?`, le dernier écrit est lu.',
            ),
            pattern: Type.String({
              minLength: 1,
              maxLength: 512,
              format: 'regex',
              description: 'Regular expression of a sale’s line, whose first group is its time.',
              fr: 'Expression régulière de la ligne d’une vente, dont le premier groupe est l’heure.',
            }),
          },
          {
            additionalProperties: false,
            description: 'A log in which each sale has a line with its time.',
            fr: 'Journal où chaque vente a une ligne avec son heure.',
          },
        ),
      ),
      command: Type.Optional(
        Command(
          'Program with its arguments that prints the time of the last sale, as ISO 8601 or seconds since 1970.',
          'Programme et arguments qui affichent l’heure de la dernière vente, en ISO 8601 ou en secondes depuis 1970.',
        ),
      ),
      session: Type.Optional(
        Path(
          'File that is there while a cashier is signed on: a till nobody is at is not expected to sell.',
          'Fichier présent tant qu’une caissière ou un caissier est connecté\u202f: d’une caisse sans personne, aucune vente n’est attendue.',
        ),
      ),
    },
    {
      additionalProperties: false,
      oneOf: [{ required: ['file'] }, { required: ['log'] }, { required: ['command'] }],
      description: 'Needs `file`, `log` or `command`, one of them.',
      fr: 'Demande `file`, `log` ou `command`, l’un des trois.',
    },
  ),
  example: { log: { file: '/var/log/pos/sales-*.log', pattern: '^(\\S+ \\S+) SALE CLOSED' } },
  create: ({ file, log, command, session }) => {
    // A log that was just rotated holds no sale yet.
    let last: number | undefined;
    let sales_total = 0;
    return async (ctx) => {
      const times = await find(ctx, last);
      if (last !== undefined) for (const time of times) if (time > last) sales_total++;
      last = times[0] ?? last;
      if (last === undefined) {
        const text = ctx.say({ fr: 'Aucune vente n’a été trouvée.', en: 'No sale was found.' });
        return { points: [], statuses: [{ check: ctx.name, status: 'unknown', text }] };
      }
      // A till's clock may run ahead of the one that wrote the time.
      const age_seconds = Math.max(0, (ctx.now() - last) / 1000);
      const staffed = session === undefined ? {} : { session_open: (await findNewest(ctx, session)) ? 1 : 0 };
      return {
        points: [{ m: 'last_sale', f: { age_seconds, sales_total, ...staffed } }],
        statuses: [{ check: ctx.name, status: 'ok' }],
      };
    };

    /** Times of sales, the last first; of those before `since` one at most. */
    async function find(ctx: CheckContext, since = Number.POSITIVE_INFINITY): Promise<number[]> {
      if (command) {
        const printed = await runCommand(ctx, command);
        const time = parseTime(printed);
        if (time === undefined) {
          throw new Error(ctx.say({ fr: `${command[0]} n’imprime pas d’heure`, en: `${command[0]} prints no time` }));
        }
        return [time];
      }
      const newest = await findNewest(ctx, log?.file ?? file ?? '');
      if (!newest) return [];
      if (!log) return [newest.mtimeMs];
      const from = Math.max(0, newest.size - TAIL_BYTES);
      const part = await ctx.readPart(newest.path, from, Math.min(TAIL_BYTES, newest.size));
      return findTimes(Buffer.from(part).toString('utf8'), new RegExp(log.pattern), since);
    }
  },
});

async function findNewest(ctx: CheckContext, pattern: string) {
  let newest: { path: string; mtimeMs: number; size: number } | undefined;
  for (const path of await findFiles(ctx, pattern)) {
    const found = await ctx.stat(path).catch(() => undefined);
    if (found?.isFile && (!newest || found.mtimeMs > newest.mtimeMs)) newest = { path, ...found };
  }
  return newest;
}

/** The times of lines that fit and hold one, from the last back to one that is not after `since`. */
function findTimes(text: string, pattern: RegExp, since: number): number[] {
  const lines = text.split('\n');
  const times: number[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const written = pattern.exec(lines[at] ?? '')?.[1];
    const time = written === undefined ? undefined : parseTime(written);
    if (time === undefined) continue;
    times.push(time);
    if (time <= since) break;
  }
  return times;
}
