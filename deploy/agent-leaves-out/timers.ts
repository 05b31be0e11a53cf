/** Stands in the built agent for timers that run in a browser's worker. */
export const { setInterval, clearInterval, setTimeout, clearTimeout } = globalThis;
