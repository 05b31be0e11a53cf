import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { inject } from 'postject';
import { AGENT_FLAGS } from '../../cli/built.ts';
import type { Platform } from '../../protocol/releases.ts';
import { AGENT_BUNDLE } from '../agent-bundle.ts';
import { nodeBinary } from './node-binary.ts';
import { ROOT } from './root.ts';

/** Where Node looks for a program inside itself. */
const SENTINEL = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
/** One thread less and its memory: an agent has little to clean up. `process.execve` is said to be experimental. */
const FLAGS = [...AGENT_FLAGS, '--single-threaded', '--disable-warning=ExperimentalWarning'];

/**
 * Makes one file that runs by itself: Node and the bundled agent in it.
 * @param entry of the bundle; the agent's unless told otherwise.
 */
export async function makeExecutable(
  output: string,
  {
    platform,
    version,
    entry = join(ROOT, 'cli/packaged-agent.ts'),
  }: { platform: Platform; version: string; entry?: string },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-package-'));
  try {
    const script = join(folder, 'vigie-agent.js');
    await bundle(entry, script, version, platform, [standApart]);
    const assets: Record<string, string> = {};
    for (const [name, part] of Object.entries(APART)) {
      assets[name] = join(folder, `${name}.js`);
      await bundle(join(ROOT, part), assets[name], version, platform);
    }
    const blob = join(folder, 'blob');
    const isOurs = platform === `${process.platform}-${process.arch}`;
    const options = {
      main: script,
      output: blob,
      assets,
      disableExperimentalSEAWarning: true,
      // Compiled code is good for the very program, and the very flags, that made it.
      useCodeCache: isOurs,
      execArgv: FLAGS,
      execArgvExtension: 'none',
    };
    writeFileSync(join(folder, 'sea.json'), JSON.stringify(options));
    const maker = isOurs ? nodeBinary(platform) : process.execPath;
    execFileSync(maker, [...FLAGS, '--experimental-sea-config', join(folder, 'sea.json')], { stdio: 'pipe' });
    const program = join(folder, 'program');
    copyFileSync(nodeBinary(platform), program);
    // Before the injection: after it, what is left would not start. A megabyte in seven goes.
    if (platform === 'linux-x64') execFileSync('strip', ['--strip-all', program]);
    await inject(program, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: SENTINEL });
    copyFileSync(program, output);
    chmodSync(output, 0o755);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What few agents load. In the one script of an executable even code that never runs takes
 * memory, as text: these stand beside it, as assets.
 */
const APART = {
  snmp: 'agent/snmp/start.ts',
  gateway: 'agent/gateway/start-gateway.ts',
  tools: 'cli/packaged-tools.ts',
} as const;
type Apart = keyof typeof APART;

/** In the place of a part that stands apart: loads it from the executable. */
const loaderOf = (name: Apart) => `
  const { getAsset } = require('node:sea');
  const { compileFunction } = require('node:vm');
  const source = getAsset('${name}', 'utf8');
  compileFunction(source, ['exports', 'require', 'module'], { filename: '${name}.js' })(module.exports, require, module);
`;

const standApart: Plugin = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\// }, ({ path, kind, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = join(importer, '..', path);
      const part = Object.entries(APART).find(([, entry]) => file === join(ROOT, entry));
      return part && { path: part[0], namespace: 'apart' };
    });
    onLoad({ filter: /.*/, namespace: 'apart' }, ({ path }) => ({ contents: loaderOf(path as Apart), loader: 'js' }));
  },
};

/** What Linux tells in /proc, other systems tell through a library. */
const NOT_ON_LINUX = { systeminformation: join(ROOT, 'deploy/agent-leaves-out/nothing.ts') };

/** One file of CommonJS: all that a single executable can load. */
async function bundle(
  entry: string,
  outfile: string,
  version: string,
  platform: Platform,
  plugins: readonly Plugin[] = [],
): Promise<void> {
  await build({
    ...AGENT_BUNDLE,
    entryPoints: [entry],
    outfile,
    format: 'cjs',
    alias: { ...AGENT_BUNDLE.alias, ...(platform === 'linux-x64' && NOT_ON_LINUX) },
    plugins: [
      ...plugins,
      {
        name: 'version',
        setup({ onLoad }) {
          // Of package.json nothing else is of a till's business.
          onLoad({ filter: /\/package\.json$/ }, ({ path }) =>
            path === join(ROOT, 'package.json')
              ? { contents: JSON.stringify({ version }), loader: 'json' as const }
              : undefined,
          );
        },
      },
    ],
  });
}
