import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const nothing = path('agent-leaves-out/nothing.ts');

/**
 * How the agent is bundled, whatever it is packed into. A till's memory is somebody else's: what its libraries bring for
 * browsers, web sockets and old versions of Node is left out, and Node's own streams stand in for a copy of them.
 */
export const AGENT_BUNDLE: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  legalComments: 'none',
  alias: {
    ws: nothing,
    socks: nothing,
    debug: path('agent-leaves-out/debug.cjs'),
    'readable-stream': 'node:stream',
    'worker-timers': path('agent-leaves-out/timers.ts'),
  },
  logLevel: 'warning',
};
