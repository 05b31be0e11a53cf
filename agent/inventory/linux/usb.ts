import { type Collector, itemOf, readIfThere } from '../collector.ts';

const SYS = '/sys/bus/usb/devices';
const HUB = '09';

/** What hangs on USB: scanners, scales, drawers, printers, by vendor and product. */
export const usb: Collector = {
  sections: ['usb'],
  async gather(ctx) {
    const found: { id: string; port: string; name?: string; vendor?: string; serial?: string }[] = [];
    for (const port of (await ctx.listDir(SYS).catch(() => [])).sort()) {
      // `usb1` is a root hub, `1-2:1.0` an interface of a device.
      if (!/^\d+-[\d.]+$/.test(port)) continue;
      const read = (file: string) => readIfThere(ctx, `${SYS}/${port}/${file}`);
      const raw = async (file: string) => (await ctx.readText(`${SYS}/${port}/${file}`).catch(() => '')).trim();
      const [vendorId, productId] = [await raw('idVendor'), await raw('idProduct')];
      if (vendorId === '' || (await raw('bDeviceClass')) === HUB) continue;
      const [name, vendor, serial] = [await read('product'), await read('manufacturer'), await read('serial')];
      found.push({
        id: `${vendorId}:${productId}`,
        port,
        ...(name !== undefined && { name }),
        ...(vendor !== undefined && { vendor }),
        ...(serial !== undefined && { serial }),
      });
    }
    const facts: Record<string, string | undefined> = {};
    for (const { id, port, name, vendor, serial } of found) {
      const isAlone = found.filter((other) => other.id === id).length === 1;
      const at = `usb[${itemOf(isAlone ? id : `${id}@${port}`)}]`;
      facts[`${at}.name`] = name ?? 'USB';
      facts[`${at}.vendor`] = vendor;
      facts[`${at}.serial`] = serial;
    }
    return { facts };
  },
};
