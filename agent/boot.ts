import { randomBytes } from 'node:crypto';

/** Names one run of the agent: time of start in base 36, then chance. Sorts by time until the year 2059. */
export const newBoot = (now: number): string => now.toString(36).padStart(8, '0') + randomBytes(6).toString('hex');
