import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { listLinuxProcesses } from '../platform/linux-processes.ts';

/** How many processes there are, and in which state. */
export const plugin = definePlugin({
  type: 'processes',
  title: { fr: 'Processus', en: 'Processes' },
  options: Type.Object({}, { additionalProperties: false }),
  example: {},
  create: () => async (ctx) => ({ points: [{ m: 'processes', f: await countProcesses(ctx) }], statuses: [] }),
});

async function countProcesses(ctx: CheckContext): Promise<Record<string, number>> {
  if (ctx.platform === 'linux') {
    const states = (await listLinuxProcesses(ctx)).map(({ state }) => state);
    const count = (letter: string) => states.filter((state) => state === letter).length;
    return { total: states.length, running: count('R'), blocked: count('D'), zombies: count('Z') };
  }
  const { all, running, blocked } = await (await ctx.systemInformation()).processes();
  return { total: all, running, blocked };
}
