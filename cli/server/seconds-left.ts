/** What is left of a work at the pace it went until now, seconds rounded up; undefined before any of it is done. */
export const secondsLeft = (spentS: number, done: number, total: number): number | undefined =>
  done > 0 ? Math.ceil((spentS / done) * (total - done)) : undefined;
