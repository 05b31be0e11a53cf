import { tidy } from '../../inventory/collector.ts';
import type { FoundDevice, KnownDevice } from './found.ts';
import { compareAddresses } from './ranges.ts';

/** Shorter ones are counters and blanks. */
const SERIAL_MIN = 4;

/** One device for all addresses it was found at: the one it is configured with, or else the lowest. */
export function mergeSame(found: readonly FoundDevice[], known: readonly KnownDevice[]): FoundDevice[] {
  const sorted = found.toSorted(
    (a, b) => Number(b.device !== undefined) - Number(a.device !== undefined) || compareAddresses(a.address, b.address),
  );
  const merged: FoundDevice[] = [];
  for (const one of sorted) {
    const at = merged.findIndex((other) => isSame(other, one));
    const same = merged[at];
    if (same) merged[at] = { ...same, others: [...same.others, one.address] };
    else merged.push(one);
  }
  const taken = new Set(merged.map(({ device }) => device));
  return merged.map((one) => named(one, known, taken)).sort((a, b) => compareAddresses(a.address, b.address));
}

/** A serial number tells most; makers who give every device the same engine are known by the MACs, which differ. */
function isSame(a: FoundDevice, b: FoundDevice): boolean {
  if (a.device !== undefined && b.device !== undefined) return a.device === b.device;
  const [left, right] = [serialOf(a), serialOf(b)];
  if (left && right) return left === right && a.vendor === b.vendor;
  const sharesMac = a.macs.some((mac) => b.macs.includes(mac));
  const areMacsOthers = a.macs.length > 0 && b.macs.length > 0 && !sharesMac;
  return sharesMac || (a.engine !== undefined && a.engine === b.engine && !areMacsOthers);
}

/** A configured device that answers elsewhere than it should is known by its serial number. */
function named(one: FoundDevice, known: readonly KnownDevice[], taken: ReadonlySet<string | undefined>): FoundDevice {
  if (one.device !== undefined) return one;
  const serial = serialOf(one);
  const device = serial && known.find((each) => serialOf(each) === serial && !taken.has(each.name));
  return device ? { ...one, device: device.name } : one;
}

function serialOf({ serial }: { serial?: string }): string | undefined {
  const clean = tidy(serial);
  return clean && clean.length >= SERIAL_MIN ? clean : undefined;
}
