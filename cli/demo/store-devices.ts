import type { Device, DeviceKind } from '../../protocol/inventory.ts';
import type { Random } from './random.ts';

/** What every store has besides its lanes: gateway, router, switch, server, access point, printer and UPS. */
const CORE = 7;
const LANES = { min: 3, max: 14 };
/** Access points and a second switch that a big store adds. */
const MORE_NETWORK = 5;

/** Devices a store can have. */
export const STORE_SIZE = { min: CORE + LANES.min, max: CORE + 2 * LANES.max + MORE_NETWORK };

const GATEWAY = 'gateway';

/** Lanes of a store of that many devices. */
export const lanesOf = (size: number): number =>
  Math.min(LANES.max, Math.max(LANES.min, Math.round((size - CORE) ** 0.93)));

/** Exactly `size` devices, between STORE_SIZE.min and STORE_SIZE.max: one gateway and what its agent watches. */
export function equipStore(size: number, posVersion: string, random: Random): Device[] {
  const lanes = lanesOf(size);
  const selfCheckouts = lanes < 5 ? 0 : Math.round(lanes * (0.2 + random.next() * 0.3));
  const tills = lanes - selfCheckouts;
  const spare = size - CORE - lanes;
  const network = Math.max(spare - lanes, Math.min(MORE_NETWORK, Math.floor(spare / 4)));
  const switches = network >= 2 ? 2 : 1;
  const accessPoints = 1 + network - (switches - 1);
  const terminals = spare - network;
  const model = random.pick(['Caelis T3', 'Caelis T4', 'Ferro 210']);

  return [
    { name: GATEWAY, title: 'Passerelle', kind: 'gateway' },
    ...many(tills, 'till', 'till', 'Caisse', (n) => ({ lane: n, attributes: { model, posVersion } })),
    ...many(selfCheckouts, 'self-checkout', 'self-checkout', 'Caisse libre-service', (n) => ({
      lane: tills + n,
      attributes: { model: 'Caelis S1', posVersion },
    })),
    watched('server', 'Serveur du magasin', 'server', { attributes: { os: 'Debian 12' } }),
    watched('router', 'Routeur', 'router'),
    ...many(switches, 'switch', 'switch', 'Commutateur'),
    ...many(accessPoints, 'access-point', 'ap', 'Borne Wi-Fi'),
    watched('printer', 'Imprimante du bureau', 'printer'),
    watched('ups', 'Onduleur', 'ups'),
    ...many(terminals, 'payment-terminal', 'terminal', 'Terminal de paiement', (n) => ({
      attributes: { servesLane: String(n) },
    })),
  ];
}

function many(
  count: number,
  kind: DeviceKind,
  name: string,
  title: string,
  details: (n: number) => Partial<Device> = () => ({}),
): Device[] {
  return Array.from({ length: count }, (_, i) =>
    watched(`${name}-${String(i + 1).padStart(2, '0')}`, `${title} ${i + 1}`, kind, details(i + 1)),
  );
}

const watched = (name: string, title: string, kind: DeviceKind, details: Partial<Device> = {}): Device => ({
  name,
  title,
  kind,
  gateway: GATEWAY,
  ...details,
});
