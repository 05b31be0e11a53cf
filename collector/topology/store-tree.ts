import type { Device, DeviceKind } from '../../protocol/inventory.ts';
import type { Told } from './identities.ts';
import { type Basis, carriersOf, type Evidence, type Link, linksOf } from './links.ts';

/** What a device hangs on, and what says so. */
export interface Branch {
  parent: string;
  /** The port of the parent. */
  port?: string;
  evidence: Evidence;
  basis: Basis;
}

/** What a store's network begins with, the likeliest first. */
const ROOTS: readonly DeviceKind[] = ['router', 'firewall', 'gateway', 'switch', 'access-point'];
const RANK: readonly Evidence[] = ['lldp', 'bridge', 'inventory'];

/**
 * What each device of a store hangs on, by what they tell of one another; those that hang on nothing known are left
 * out. Whatever is told, it is a forest: it grows from the router, one device after the other, each on the best link from
 * one that is in it to one that is not.
 * @param told by the device's name.
 */
export function storeTree(
  devices: readonly Pick<Device, 'name' | 'title' | 'kind' | 'attributes'>[],
  told: ReadonlyMap<string, Told>,
): Map<string, Branch> {
  const ordered = [...devices].sort((a, b) => (a.name < b.name ? -1 : 1));
  const carriers = carriersOf(ordered, told);
  const halves = linksOf(ordered, told)
    .flatMap(bothWays)
    .filter(({ parent }) => carriers.has(parent));
  const byParent = Map.groupBy(halves, ({ parent }) => parent);
  const linked = new Set(halves.flatMap(({ parent, child }) => [parent, child]));
  const roots = ordered
    .filter(({ name }) => carriers.has(name))
    .sort((a, b) => Number(linked.has(b.name)) - Number(linked.has(a.name)) || rootRank(a.kind) - rootRank(b.kind));
  const tree = new Map<string, Branch>();
  const depths = new Map<string, number>();
  for (const { name } of roots) {
    if (!depths.has(name)) grow(name, byParent, depths, tree);
  }
  return tree;
}

const rootRank = (kind: DeviceKind): number => (ROOTS.includes(kind) ? ROOTS.indexOf(kind) : ROOTS.length);

/** A link as it looks from the one of its ends that would be the parent. */
interface Half extends Branch {
  child: string;
  at: number;
}

function bothWays({ near, nearPort, far, farPort, evidence, basis, at }: Link): Half[] {
  const half = (parent: string, port: string | undefined, child: string): Half => ({
    parent,
    ...(port !== undefined && { port }),
    child,
    evidence,
    basis,
    at,
  });
  // The inventory says which is which.
  if (evidence === 'inventory') return [half(near, nearPort, far)];
  return [half(near, nearPort, far), half(far, farPort, near)];
}

function grow(
  root: string,
  byParent: ReadonlyMap<string, readonly Half[]>,
  depths: Map<string, number>,
  tree: Map<string, Branch>,
): void {
  depths.set(root, 0);
  const open: Half[] = [...(byParent.get(root) ?? [])];
  for (;;) {
    const best = open
      .filter(({ child }) => !depths.has(child))
      .reduce<Half | undefined>((a, b) => (a === undefined || before(b, a, depths) ? b : a), undefined);
    if (best === undefined) return;
    const { child, at: _, ...branch } = best;
    depths.set(child, (depths.get(best.parent) ?? 0) + 1);
    tree.set(child, branch);
    open.push(...(byParent.get(child) ?? []));
  }
}

/** Better evidence, then nearer to the root, then told later; then by name, so that it is always the same. */
function before(a: Half, b: Half, depths: ReadonlyMap<string, number>): boolean {
  const order =
    RANK.indexOf(a.evidence) - RANK.indexOf(b.evidence) ||
    (depths.get(a.parent) ?? 0) - (depths.get(b.parent) ?? 0) ||
    b.at - a.at ||
    compare(a.parent, b.parent) ||
    compare(a.child, b.child) ||
    compare(a.port ?? '', b.port ?? '') ||
    compare(a.basis.path, b.basis.path);
  return order < 0;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
