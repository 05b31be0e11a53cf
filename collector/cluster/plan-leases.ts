export interface LeasePlan {
  /** Partitions to try for, in this order. */
  take: number[];
  /** Partitions to hand over. */
  give: number[];
}

/**
 * What this collector should take and give, so that all hold as many partitions as the others, one more or less. Every
 * collector plans by itself from the same view: quotas go by the order of ids, so that they add up.
 *
 * @param collectors ids of those that are there, sorted; `me` among them.
 */
export function planLeases(
  me: string,
  collectors: readonly string[],
  partitions: number,
  held: readonly number[],
  free: readonly number[],
): LeasePlan {
  const place = Math.max(collectors.indexOf(me), 0);
  const others = Math.max(collectors.length, 1);
  const quota = Math.floor(partitions / others) + (place < partitions % others ? 1 : 0);
  const lacking = quota - held.length;
  if (lacking < 0) return { take: [], give: held.slice(lacking) };
  // Everyone begins elsewhere, so that two that see the same free ones seldom try for the same.
  const from = Math.floor((free.length * place) / others);
  return { take: [...free.slice(from), ...free.slice(0, from)].slice(0, lacking), give: [] };
}
