import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = (path: string): string | undefined => {
  const found = fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
  return existsSync(found) ? found : undefined;
};

/** The folder of the built web app, once "npm run build" has made it. */
export const builtWeb = (): string | undefined => built('web/index.html')?.replace(/index\.html$/, '');

/** The built agent, one file, once "npm run build" has made it. */
export const builtAgent = (): string | undefined => built('agent/vigie-agent.mjs');

/**
 * Node's own knobs for a process that must stay small beside a till's software. An agent computes next to nothing: the
 * compilers that make busy code quick would take eight megabytes for it, and what has not run for a while need not wait
 * in memory, compiled.
 */
export const AGENT_FLAGS = [
  '--max-semi-space-size=1',
  '--optimize-for-size',
  ...['--no-opt', '--no-maglev', '--no-sparkplug'],
  '--bytecode-old-age=2',
];
