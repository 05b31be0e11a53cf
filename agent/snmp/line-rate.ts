import type { Interface } from './reading.ts';

/** ifType, by IANA's numbers: softwareLoopback, propVirtual, tunnel. The speed they tell is a figure of speech: more may pass. */
const VIRTUAL: ReadonlySet<number> = new Set([24, 53, 131]);

/** What the line of an interface can carry, in bits/s; undefined where nothing bounds it, or nobody tells. */
export const lineRateOf = ({ type, speedBps }: Pick<Interface, 'type' | 'speedBps'>): number | undefined =>
  type !== undefined && VIRTUAL.has(type) ? undefined : speedBps;
