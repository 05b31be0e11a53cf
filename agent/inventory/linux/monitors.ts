import { type Collector, itemOf, tidy } from '../collector.ts';

const EDID_BYTES = 128;

/** The screens, as they tell of themselves over their cable. */
export const monitors: Collector = {
  sections: ['monitor'],
  async gather(ctx) {
    const facts: Record<string, string | undefined> = {};
    for (const name of (await ctx.listDir('/sys/class/drm').catch(() => [])).sort()) {
      const connector = /^card\d+-(.+)$/.exec(name)?.[1];
      if (connector === undefined) continue;
      const edid = await ctx.readPart(`/sys/class/drm/${name}/edid`, 0, EDID_BYTES).catch(() => new Uint8Array());
      const screen = parseEdid(edid);
      if (!screen) continue;
      const at = `monitor[${itemOf(connector)}]`;
      facts[`${at}.vendor`] = screen.vendor;
      facts[`${at}.model`] = screen.model;
      facts[`${at}.serial`] = screen.serial;
    }
    return { facts };
  },
};

const HEADER = '00ffffffffffff00';
/** Where the four descriptors of the first block begin. */
const DESCRIPTORS = [54, 72, 90, 108];
const NAME = 0xfc;
const SERIAL = 0xff;

/** Maker, model and serial number of an EDID; undefined when it is none. */
export function parseEdid(
  edid: Uint8Array,
): { vendor: string; model: string | undefined; serial: string | undefined } | undefined {
  if (edid.length < EDID_BYTES || Buffer.from(edid.subarray(0, 8)).toString('hex') !== HEADER) return undefined;
  const view = new DataView(edid.buffer, edid.byteOffset, edid.byteLength);
  // Three letters of five bits each.
  const packed = view.getUint16(8);
  const vendor = [10, 5, 0].map((shift) => String.fromCharCode(64 + ((packed >> shift) & 31))).join('');
  const text = (tag: number) => {
    const at = DESCRIPTORS.find((start) => view.getUint32(start) === tag);
    return at === undefined ? undefined : tidy(Buffer.from(edid.subarray(at + 5, at + 18)).toString('latin1'));
  };
  const number = view.getUint32(12, true);
  return {
    vendor,
    model: text(NAME) ?? view.getUint16(10, true).toString(16).padStart(4, '0'),
    serial: text(SERIAL) ?? (number > 0 ? String(number) : undefined),
  };
}
