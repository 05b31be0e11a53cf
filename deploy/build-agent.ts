import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Makes one JavaScript file of the agent: on a till, neither our sources nor their compiler should cost memory. */
await build({
  entryPoints: [path('../cli/agent-process.ts')],
  outfile: path('../dist/agent/vigie-agent.mjs'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'none',
  // Libraries that are not modules ask for `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
