import { stat } from 'node:fs/promises';
import type { CheckContext } from '../check.ts';
import { describeError } from '../describe-error.ts';
import type { Sale } from './load-actions.ts';

type Asked = Pick<CheckContext, 'say' | 'now' | 'exec'>;

/**
 * Why nothing may be touched just now, or undefined when no sale is open. What cannot be found out counts as a sale: a
 * customer at the till costs more than an action that waits.
 */
export async function saleIsOpen(sale: Sale, ctx: Asked): Promise<string | undefined> {
  const open = ctx.say({ fr: 'une vente est en cours', en: 'a sale is open' });
  try {
    if ('file' in sale) {
      const { mtimeMs } = await stat(sale.file);
      const ageS = (ctx.now() - mtimeMs) / 1000;
      return sale.youngerThanS === undefined || ageS < sale.youngerThanS ? `${open} (${sale.file})` : undefined;
    }
    const [program = '', ...args] = sale.command;
    const { code } = await ctx.exec(program, args);
    if (code === 1) return undefined;
    if (code === 0) return open;
    return unknown(ctx, `${program}: ${code}`);
  } catch (error) {
    if ('file' in sale && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return unknown(ctx, describeError(error));
  }
}

const unknown = ({ say }: Asked, why: string): string =>
  say({
    fr: `on ne sait pas si une vente est en cours (${why})`,
    en: `whether a sale is open cannot be told (${why})`,
  });
