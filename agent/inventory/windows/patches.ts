import { askPowerShell, readDate } from '../../platform/powershell.ts';
import { type Collector, dayOf, itemOf } from '../collector.ts';

/** The day as the machine's own clock had it: as a moment, local midnight would be the evening before east of Greenwich. */
const PIPELINE =
  "Get-HotFix | Select-Object HotFixID, @{ Name = 'InstalledOn'; Expression = { if ($_.InstalledOn) { $_.InstalledOn.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) } } }";

/** The updates Windows lists, each with its day. */
export const windowsPatches: Collector = {
  sections: ['patches', 'patch'],
  async gather(ctx) {
    const rows = await askPowerShell(ctx, PIPELINE);
    const facts: Record<string, string | number | undefined> = { 'patches.count': rows.length };
    let last = 0;
    for (const { HotFixID, InstalledOn } of rows) {
      const at = readDate(InstalledOn);
      // Some bear no day.
      facts[`patch[${itemOf(String(HotFixID))}].installedOn`] = at === undefined ? '?' : dayOf(at);
      last = Math.max(last, at ?? 0);
    }
    facts['patches.last'] = last > 0 ? dayOf(last) : undefined;
    return { facts };
  },
};
