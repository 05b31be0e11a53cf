import type { StoreBranch } from '../../ports.ts';

/** A device with those that hang on it. */
export interface Twig {
  device: string;
  /** What it hangs on, and what says so; undefined at a root. */
  branch: StoreBranch | undefined;
  children: Twig[];
}

/** Branches as trees, their roots and all below in the order of their names. Devices without any branch are left out. */
export function treesOf(branches: readonly StoreBranch[]): Twig[] {
  const byParent = Map.groupBy(branches, ({ parent }) => parent);
  const hung = new Set(branches.map(({ device }) => device));
  const inOrder = (a: Twig, b: Twig) => a.device.localeCompare(b.device, undefined, { numeric: true });
  const twig = (device: string, branch: StoreBranch | undefined): Twig => ({
    device,
    branch,
    children: (byParent.get(device) ?? []).map((one) => twig(one.device, one)).sort(inOrder),
  });
  return [...byParent.keys()]
    .filter((device) => !hung.has(device))
    .map((device) => twig(device, undefined))
    .sort(inOrder);
}
