import { type Collector, itemOf, reasonOf, tidy } from '../collector.ts';

/** The printers CUPS knows, and how each is connected. Its own file of them is root's: its client tells. */
export const printers: Collector = {
  sections: ['printer'],
  async gather(ctx) {
    try {
      const { stdout } = await ctx.exec('lpstat', ['-v']);
      return { facts: parseLpstat(stdout) };
    } catch (error) {
      if (reasonOf(error) === undefined) return { facts: {} };
      throw error;
    }
  },
};

/** Lines such as `device for receipt: usb://EPSON/TM-T88V?serial=A1`. Accounts within an address are left out. */
export function parseLpstat(text: string): Record<string, string | undefined> {
  const facts: Record<string, string | undefined> = {};
  for (const [, name = '', uri = ''] of text.matchAll(/^device for ([^:\n]+): (.+)$/gm)) {
    facts[`printer[${itemOf(name)}].device`] = tidy(uri.replace(/\/\/[^/@]*@/, '//'));
  }
  return facts;
}
