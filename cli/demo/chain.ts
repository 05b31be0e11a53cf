import type { Inventory, Store } from '../../protocol/inventory.ts';
import { drawClosedHours, drawOpenHours } from './opening-hours.ts';
import { createRandom, hashText, type Random } from './random.ts';
import { equipStore, lanesOf, STORE_SIZE } from './store-devices.ts';
import { CARRIERS, placesOf, REGIONS, type Region } from './towns.ts';

export interface DemoChainOptions {
  seed: number;
  /** 500 by default. */
  stores?: number;
  /** Over all stores; 8,000 by default. */
  devices?: number;
  /** Milliseconds since 1970: nearly every store is open then and for the hours after. */
  now: number;
}

const TIME_ZONE = 'Europe/Paris';
/** One store in this many is closed. */
const CLOSED_EVERY = 50;
/** Part of a region’s stores that its usual carrier serves. */
const USUAL_CARRIER_SHARE = 0.8;

/**
 * An invented French chain, marked as simulated: exactly that many stores and devices, the same for the same options.
 * Throws a RangeError when stores of 10 to 40 devices can’t make that number.
 */
export function demoInventory({ seed, stores = 500, devices = 8000, now }: DemoChainOptions): Inventory {
  if (devices < stores * STORE_SIZE.min || devices > stores * STORE_SIZE.max) {
    throw new RangeError(
      `${stores} stores can have ${stores * STORE_SIZE.min} to ${stores * STORE_SIZE.max} devices, not ${devices}`,
    );
  }
  const random = createRandom(hashText(seed, 'chain'));
  const sizes = shareOut(
    devices,
    Array.from({ length: stores }, () => drawSize(random)),
    STORE_SIZE,
  );
  const perRegion = shareOut(
    stores,
    REGIONS.map((region) => region.weight),
    { min: 0, max: stores },
  );
  const sites = REGIONS.flatMap((region, i) => {
    const count = perRegion[i] ?? 0;
    const titles = random.shuffle(placesOf(region, count)).slice(0, count);
    return titles.map((title) => ({ region, title }));
  });
  const closed = new Set(random.shuffle(sites.map((_, i) => i)).slice(0, Math.round(stores / CLOSED_EVERY)));
  const digits = Math.max(3, String(stores).length);
  return {
    chains: [
      {
        name: 'demo',
        title: 'Marchés Clairvoie',
        locale: 'fr',
        simulated: true,
        stores: sites.map(({ region, title }, i) =>
          describeStore({
            name: String(i + 1).padStart(digits, '0'),
            title,
            region,
            size: sizes[i] ?? STORE_SIZE.min,
            closed: closed.has(i),
            random,
            now,
          }),
        ),
      },
    ],
  };
}

interface StoreDraft {
  name: string;
  title: string;
  region: Region;
  size: number;
  closed: boolean;
  random: Random;
  now: number;
}

function describeStore({ name, title, region, size, closed, random, now }: StoreDraft): Store {
  const posVersion = random.pick(['7.4.2', '7.4.2', '7.4.3', '7.5.0']);
  const lanes = lanesOf(size);
  return {
    name,
    title,
    region: region.name,
    timeZone: TIME_ZONE,
    hours: (closed ? drawClosedHours : drawOpenHours)(random, TIME_ZONE, now),
    attributes: {
      carrier: random.next() < USUAL_CARRIER_SHARE ? region.carrier : random.pick(CARRIERS),
      posVersion,
      storeClass: lanes <= 4 ? 'proximité' : lanes <= 9 ? 'supermarché' : 'hypermarché',
      access: random.pick(['fibre', 'fibre', 'fibre', 'VDSL']),
      areaM2: String(lanes * 180 + 50 * random.below(6)),
    },
    devices: equipStore(size, posVersion, random),
  };
}

/** How big a store is beside the others: most are small or middling, a few are very big. */
function drawSize(random: Random): number {
  const x = random.next();
  return 0.75 + 0.5 * x + 1.2 * x ** 6;
}

/** Whole shares of `total` in proportion to the weights, each within the bounds, that add up exactly. */
function shareOut(total: number, weights: readonly number[], { min, max }: { min: number; max: number }): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => Math.min(max, Math.max(min, Math.floor((total * weight) / sum))));
  let rest = total - shares.reduce((a, b) => a + b, 0);
  for (let i = 0; rest !== 0; i = (i + 1) % shares.length) {
    const next = (shares[i] ?? 0) + Math.sign(rest);
    if (next < min || next > max) continue;
    shares[i] = next;
    rest -= Math.sign(rest);
  }
  return shares;
}
