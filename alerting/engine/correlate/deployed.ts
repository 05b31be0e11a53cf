import type { Device } from '../../../protocol/inventory.ts';
import { isNamed, type Trait, traitOf } from './traits.ts';

/*
 * What a device got lately. Of a version that a store has for long its neighbours have it too; of one that came an hour ago only those
 * have it that were updated: it is what sets them apart.
 */

/** So long a version counts as new where it came. */
const DEPLOYED_MS = 24 * 3_600_000;
/** An agent that starts with something new looks for it two minutes later: what fails meanwhile has it all the same. */
const TOLD_AFTER_MS = 300_000;
const OWNER = 'deployed.';

/** What devices tell of themselves, and since when they have told just that, ms since 1970, as far as it changed lately. */
export interface Telling {
  observed: (device: string) => Readonly<Record<string, string>> | undefined;
  deployed?: (device: string) => Readonly<Record<string, number>> | undefined;
}

/** What came to these devices, and when: the last time where several have it. */
export function deployedTo({ observed, deployed }: Telling, devices: readonly Device[]): ReadonlyMap<Trait, number> {
  let came: Map<Trait, number> | undefined;
  for (const { name: device } of devices) {
    const since = deployed?.(device);
    if (!since) continue;
    const values = observed(device);
    for (const [name, at] of Object.entries(since)) {
      const value = values?.[name];
      if (!isNamed(name, value)) continue;
      const trait = traitOf(`${OWNER}${name}`, value);
      came ??= new Map();
      came.set(trait, Math.max(at, came.get(trait) ?? at));
    }
  }
  return came ?? NOTHING;
}

const NOTHING: ReadonlyMap<Trait, number> = new Map();

export const isDeployment = (trait: Trait): boolean => trait.startsWith(OWNER);

/** The same version, of those that have it for long as well. */
export const observedAs = (deployment: Trait): Trait => `observed.${deployment.slice(OWNER.length)}`;

/** Whether what came then is new to who fails, or is looked at, at an instant. */
export const isNewAt = (cameAt: number, at: number): boolean =>
  cameAt > at - DEPLOYED_MS && cameAt <= at + TOLD_AFTER_MS;
