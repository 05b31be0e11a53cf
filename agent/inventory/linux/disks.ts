import { type Collector, type FactsContext, itemOf, readIfThere, tidy } from '../collector.ts';

const SECTOR_BYTES = 512;
/** Not things one can hold: loops, memory, stacks of other devices. */
const VIRTUAL = /^(loop|ram|zram|dm-|md|nbd|sr|fd)/;

/** Disks with their model, serial number, size and kind. */
export const disks: Collector = {
  sections: ['disk'],
  async gather(ctx) {
    const facts: Record<string, string | number | undefined> = {};
    const names = await ctx.listDir('/sys/block').catch(() => []);
    for (const name of names.filter((one) => !VIRTUAL.test(one)).sort()) {
      const read = (file: string) => readIfThere(ctx, `/sys/block/${name}/${file}`);
      const sectors = Number((await ctx.readText(`/sys/block/${name}/size`).catch(() => '0')).trim());
      if (!(sectors > 0)) continue;
      const at = `disk[${itemOf(name)}]`;
      facts[`${at}.model`] = await read('device/model');
      facts[`${at}.vendor`] = await read('device/vendor');
      facts[`${at}.serial`] = (await read('device/serial')) ?? (await serialOfUdev(ctx, name));
      facts[`${at}.firmware`] = (await read('device/firmware_rev')) ?? (await read('device/rev'));
      facts[`${at}.gigabytes`] = Math.round((sectors * SECTOR_BYTES) / 1e9);
      facts[`${at}.kind`] = await kindOf(ctx, name);
    }
    return { facts };
  },
};

async function kindOf(ctx: FactsContext, name: string): Promise<string> {
  const flag = (file: string) =>
    ctx.readText(`/sys/block/${name}/${file}`).then(
      (text) => text.trim(),
      () => '',
    );
  if ((await flag('removable')) === '1') return 'removable';
  if (name.startsWith('nvme')) return 'nvme';
  return (await flag('queue/rotational')) === '1' ? 'hdd' : 'ssd';
}

/** A SATA disk's serial number stands in what udev has written down of it, under its device number. */
async function serialOfUdev(ctx: FactsContext, name: string): Promise<string | undefined> {
  const number = await readIfThere(ctx, `/sys/block/${name}/dev`);
  const text = number && (await ctx.readText(`/run/udev/data/b${number}`).catch(() => ''));
  return tidy(/^E:ID_SERIAL_SHORT=(.*)$/m.exec(text || '')?.[1]);
}
