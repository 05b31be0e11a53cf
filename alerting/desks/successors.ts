/** One incident’s ticket, and those that took its place: who closes it over and over is not called for ever. */
const MOST = 3;
const SUFFIX = /~[2-3]$/;

/** The keys of what takes the place of an incident’s closed ticket at a desk, in order. */
export const successorsOf = (key: string): string[] => Array.from({ length: MOST - 1 }, (_, at) => `${key}~${at + 2}`);

/** The incident’s own key, of any of its tickets. An incident’s key ends with a time: it is never taken for another’s. */
export const originOf = (key: string): string => key.replace(SUFFIX, '');
