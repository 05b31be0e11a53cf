export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/**
 * The tile an arrow leads to from `from`: the nearest that lies that way, one in line before one aside. Undefined at the
 * edge.
 */
export function nextInDirection(from: Box, boxes: readonly Box[], direction: Direction): number | undefined {
  const x = (from.left + from.right) / 2;
  const y = (from.top + from.bottom) / 2;
  const sideways = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  let best: number | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const [i, box] of boxes.entries()) {
    const dx = (box.left + box.right) / 2 - x;
    const dy = (box.top + box.bottom) / 2 - y;
    const along = (sideways ? dx : dy) * sign;
    if (along < 1) continue;
    const across = Math.abs(sideways ? dy : dx);
    // Sideways never changes the row; up and down may drift, as rows of different regions need not line up.
    if (sideways && across > (from.bottom - from.top) / 2) continue;
    const cost = along + across * 2;
    if (cost < bestCost) {
      bestCost = cost;
      best = i;
    }
  }
  return best;
}
