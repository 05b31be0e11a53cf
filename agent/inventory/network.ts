import { type Collector, type FactsContext, itemOf, readIfThere } from './collector.ts';

const SYS = '/sys/class/net';

/** Network cards with their MAC address, speed and addresses. */
export const network: Collector = {
  sections: ['network'],
  async gather(ctx) {
    const facts: Record<string, string | number | undefined> = {};
    const seen = ctx.os.networkInterfaces();
    for (const name of await cardsOf(ctx)) {
      const at = `network[${itemOf(name)}]`;
      const addresses = (seen[name] ?? []).filter(({ internal }) => !internal);
      const mac = addresses.find((one) => one.mac !== '00:00:00:00:00:00')?.mac;
      facts[`${at}.mac`] = mac ?? (await readIfThere(ctx, `${SYS}/${name}/address`));
      const speed = Number(await readIfThere(ctx, `${SYS}/${name}/speed`));
      facts[`${at}.speed`] = speed > 0 ? speed : undefined;
      // IPv6 hosts take new addresses every day; the old kind stays.
      const shown = addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
      facts[`${at}.addresses`] = shown.sort().join(' ') || undefined;
    }
    return { facts };
  },
};

/** On Linux those with hardware behind them, also while they are down; where there are none, as elsewhere, those that are up. */
async function cardsOf(ctx: FactsContext): Promise<string[]> {
  const isUp = Object.entries(ctx.os.networkInterfaces())
    .filter(([, addresses]) => addresses?.some(({ internal }) => !internal))
    .map(([name]) => name);
  if (ctx.platform !== 'linux') return isUp.sort();
  const names = await ctx.listDir(SYS).catch(() => []);
  const real: string[] = [];
  for (const name of names) if (await ctx.isDirectory(`${SYS}/${name}/device`).catch(() => false)) real.push(name);
  return (real.length > 0 ? real : isUp).sort();
}
