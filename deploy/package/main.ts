import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { signRelease } from '../../cli/sign-release.ts';
import { PLATFORMS, type Platform } from '../../protocol/releases.ts';
import { makeDeb } from './deb.ts';
import { makeExecutable } from './executable.ts';
import { makeRelease } from './release.ts';
import { ROOT } from './root.ts';

/**
 * `npm run package`: what is installed on tills, in dist/packages.
 *   --release-key FILE     signs the release; the packages bring the public half
 *   --release-public FILE  only the public half, to sign elsewhere with `vigie release sign`
 *   --only PLATFORM        linux-x64 or win32-x64
 *   --release-version V    instead of package.json's
 *   --quick                packs loosely: for trying out
 *   --entry FILE           another program in the agent's place: for trying out what a broken version does
 * VIGIE_RELEASE_PASSPHRASE opens the key. Ends with 1 when a platform could not be made; the others are made.
 */
const { values: given } = parseArgs({
  options: {
    'release-key': { type: 'string' },
    'release-public': { type: 'string' },
    only: { type: 'string' },
    'release-version': { type: 'string' },
    quick: { type: 'boolean', default: false },
    entry: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'dist/packages') },
  },
});
const { out } = given;
const say = (line: string) => process.stdout.write(`${line}\n`);
const packageVersion = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
const version = given['release-version'] ?? packageVersion;
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? lastCommit());
const secretKey = given['release-key'] === undefined ? undefined : readFileSync(given['release-key'], 'utf8');
const signing = secretKey === undefined ? undefined : signRelease(secretKey, process.env.VIGIE_RELEASE_PASSPHRASE);
const publicKey = given['release-public'] ? readFileSync(given['release-public'], 'utf8') : signing?.publicKey;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const executables = new Map<Platform, string>();
for (const platform of PLATFORMS.filter((known) => given.only === undefined || given.only === known)) {
  const path = join(out, `vigie-agent-${version}-${platform === 'win32-x64' ? 'win-x64.exe' : platform}`);
  try {
    await makeExecutable(path, {
      platform,
      version,
      ...(given.entry !== undefined && { entry: resolve(given.entry) }),
    });
    executables.set(platform, path);
    say(path);
  } catch (error) {
    process.stderr.write(`${platform}: not made: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
const linux = executables.get('linux-x64');
if (linux !== undefined) {
  const deb = join(out, `vigie-agent_${version.replace('-', '~')}_amd64.deb`);
  makeDeb(deb, { version, program: linux, publicKey, epoch, compression: given.quick ? 'none' : 'xz' });
  say(deb);
}
if (executables.has('win32-x64')) {
  copyFileSync(join(ROOT, 'deploy/package/windows/install-vigie-agent.ps1'), join(out, 'install-vigie-agent.ps1'));
  if (publicKey !== undefined) writeFileSync(join(out, 'release.pub'), publicKey);
}
const release = makeRelease(version, executables, { at: epoch * 1000, level: given.quick ? 1 : 15 });
writeFileSync(join(out, 'release.json'), JSON.stringify(signing ? signing.sign(release) : release));
if (!publicKey) say('without --release-key or --release-public: what these packages install cannot replace itself');
else if (!signing) say('release.json is not signed: sign it with "vigie release sign"');
writeFileSync(join(out, 'SHA256SUMS'), sums());

function sums(): string {
  const lines = readdirSync(out)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(out, name)))
          .digest('hex')}  ${name}\n`,
    );
  return lines.join('');
}

function lastCommit(): string {
  return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' }).trim();
}
