/** Counts, times and rates vary more where they are larger; of their roots that is not so. */
export const rooted = (value: number): number => Math.sign(value) * Math.sqrt(Math.abs(value));

/** What `rooted` was given. */
export const squared = (root: number): number => Math.sign(root) * root * root;
