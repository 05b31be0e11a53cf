import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { AGENT_BUNDLE } from './agent-bundle.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const outdir = path('../dist/agent');

/**
 * Makes the agent for a till, where neither our sources nor their compiler should cost memory: one JavaScript file, and
 * beside it what only some of them load.
 */
rmSync(outdir, { recursive: true, force: true });
await build({
  ...AGENT_BUNDLE,
  entryPoints: { 'vigie-agent': path('../cli/agent-process.ts') },
  outdir,
  outExtension: { '.js': '.mjs' },
  splitting: true,
  format: 'esm',
  // Libraries that are not modules ask for `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
