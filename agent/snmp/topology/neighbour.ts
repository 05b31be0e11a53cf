/** What a neighbour says it is. */
export type NeighbourKind = 'switch' | 'router' | 'access-point' | 'phone' | 'station';

/** What is at the other end of a cable, as it says itself. */
export interface Neighbour {
  /** The device's own port, by name. */
  local: string;
  device?: string;
  /** The neighbour's port. */
  port?: string;
  /** MAC of its chassis. */
  chassis?: string;
  address?: string;
  kind?: NeighbourKind;
}

const ORDER: readonly (NeighbourKind | undefined)[] = [
  'switch',
  'router',
  'access-point',
  'phone',
  undefined,
  'station',
];

/** Behind it stand others: what is learned on its port is not on that port. */
export const carriesOthers = ({ kind }: Neighbour): boolean => kind !== 'phone' && kind !== 'station';

/** One for each port, the one that carries most; always the same of the same. */
export function onePerPort(neighbours: readonly Neighbour[]): Neighbour[] {
  const rank = ({ kind }: Neighbour) => ORDER.indexOf(kind);
  const name = ({ device = '', chassis = '' }: Neighbour) => `${device} ${chassis}`;
  const sorted = neighbours.toSorted((a, b) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1));
  const ports = new Map<string, Neighbour>();
  for (const each of sorted) if (!ports.has(each.local)) ports.set(each.local, each);
  return [...ports.values()];
}

/** Makers who write that nothing was said. */
const UNSAID = /^(not (received|advertised)|unknown|none|null|n\/a|-+)$/i;

export const said = (text: string | undefined): string | undefined =>
  text === undefined || text === '' || UNSAID.test(text) ? undefined : text;
