import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const outdir = path('../dist/agent');
const nothing = path('agent-leaves-out.ts');

/**
 * Makes the agent for a till, where neither our sources nor their compiler should cost memory: one JavaScript file, and
 * beside it what only Windows and macOS load.
 */
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: { 'vigie-agent': path('../cli/agent-process.ts') },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'none',
  alias: { ws: nothing, socks: nothing },
  // Libraries that are not modules ask for `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
