import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { findFiles } from '../platform/find-files.ts';
import { Command, findValue, Place, runCommand, toNumber } from '../source.ts';

/** Files whose age is looked at; more are only counted. */
const MOST_LOOKED_AT = 2000;

/**
 * Sales that have not reached the centre yet. A queue that does not move for a while means that the till sells offline:
 * it works, and what it sells is only on its own disk.
 */
export const plugin = definePlugin({
  type: 'unsent_sales',
  title: { fr: 'Ventes non transmises', en: 'Unsent sales' },
  options: Type.Object(
    {
      files: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 1024,
          description: 'Files that each hold a sale not sent yet, where * and ? stand for any characters of a name.',
          fr: 'Fichiers contenant chacun une vente non transmise, où * et ? remplacent des caractères d’un nom.',
        }),
      ),
      command: Type.Optional(
        Command(
          'Program with its arguments that prints how many sales are not sent yet.',
          'Programme et arguments qui affichent le nombre de ventes non transmises.',
        ),
      ),
      count: Type.Optional(
        Place(
          'Where the number stands in what the program prints; without it all it prints.',
          'Emplacement du nombre dans ce qu’affiche le programme\u202f; sans lui, tout ce qu’il affiche.',
        ),
      ),
      offlineAfterS: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 86_400,
          default: 300,
          description: 'Seconds a sale may wait, or the queue not shrink, before the till counts as selling offline.',
          fr: 'Secondes pendant lesquelles une vente peut attendre, ou la file ne pas diminuer, avant que la caisse compte comme vendant hors ligne.',
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: [{ required: ['files'] }, { required: ['command'] }],
      description: 'Needs `files` or `command`, one of them.',
      fr: 'Demande `files` ou `command`, l’un des deux.',
    },
  ),
  example: { files: '/var/spool/pos/outgoing/*.xml', offlineAfterS: 300 },
  create: ({ files, command, count: place, offlineAfterS = 300 }) => {
    const queue = followQueue();
    return async (ctx) => {
      const { count, oldestS } = files === undefined ? await askProgram(ctx) : await listQueue(ctx, files);
      const isOffline = oldestS > offlineAfterS;
      return {
        points: [
          {
            m: 'unsent_sales',
            f: { count, oldest_age_seconds: oldestS, selling_offline: isOffline ? 1 : 0 },
          },
        ],
        statuses: [
          isOffline
            ? { check: ctx.name, status: 'warning', text: tell(ctx, count, oldestS) }
            : { check: ctx.name, status: 'ok' },
        ],
      };
    };

    async function askProgram(ctx: CheckContext): Promise<Queue> {
      const printed = await runCommand(ctx, command ?? []);
      const count = toNumber(place ? findValue(printed, place) : printed);
      if (count === undefined || count < 0) {
        throw new Error(
          ctx.say({ fr: `${command?.[0]} n’imprime pas de nombre`, en: `${command?.[0]} prints no number` }),
        );
      }
      return { count, oldestS: queue.stuckForS(count, ctx.monotonicMs()) };
    }
  },
});

interface Queue {
  count: number;
  /** Seconds its oldest sale has waited, at least; 0 when it is empty. */
  oldestS: number;
}

async function listQueue(ctx: CheckContext, pattern: string): Promise<Queue> {
  const paths = await findFiles(ctx, pattern);
  let count = Math.max(0, paths.length - MOST_LOOKED_AT);
  let oldest = Number.POSITIVE_INFINITY;
  for (const path of paths.slice(0, MOST_LOOKED_AT)) {
    // Sent meanwhile, it is no longer there.
    const found = await ctx.stat(path).catch(() => undefined);
    if (!found?.isFile) continue;
    count += 1;
    oldest = Math.min(oldest, found.mtimeMs);
  }
  return { count, oldestS: count === 0 ? 0 : Math.max(0, (ctx.now() - Math.min(oldest, ctx.now())) / 1000) };
}

/** A bare number has no age: what is known is for how long it has not shrunk, and a queue that shrinks is being sent. */
function followQueue() {
  let lowest = 0;
  let since = 0;
  return {
    stuckForS(count: number, nowMs: number): number {
      if (count === 0 || lowest === 0 || count < lowest) since = nowMs;
      lowest = count === 0 || lowest === 0 ? count : Math.min(lowest, count);
      return count === 0 ? 0 : (nowMs - since) / 1000;
    },
  };
}

function tell(ctx: CheckContext, count: number, oldestS: number): string {
  const minutes = Math.floor(oldestS / 60);
  return ctx.say({
    fr: `Vente hors ligne\u202f: ${count} vente${count > 1 ? 's' : ''} en attente d’envoi depuis ${minutes} min.`,
    en: `Selling offline: ${count} sale${count > 1 ? 's' : ''} not sent for ${minutes} min.`,
  });
}
