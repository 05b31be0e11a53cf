import { createHash } from 'node:crypto';
import type { AgentConfig } from './config.ts';

/** Names the configuration in force: the device's own file, and what the centre says over it. */
export const hashOf = ({ written, centre }: AgentConfig): string =>
  createHash('sha256')
    .update(JSON.stringify(centre === undefined ? written : [written, centre]))
    .digest('hex')
    .slice(0, 16);
