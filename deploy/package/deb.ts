import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './root.ts';

const FILES = join(ROOT, 'deploy/package/linux');
const SCRIPTS = ['postinst', 'prerm', 'postrm'];

export interface DebOptions {
  version: string;
  /** The agent's executable. */
  program: string;
  /** Release key, PEM; without it the installed agent does not replace itself. */
  publicKey: string | undefined;
  /** Seconds since 1970 that every file bears: the same input gives the same package. */
  epoch: number;
  compression: 'xz' | 'none';
}

/** Makes the package for Debian and its kin. */
export function makeDeb(output: string, { version, program, publicKey, epoch, compression }: DebOptions): void {
  const root = mkdtempSync(join(tmpdir(), 'vigie-deb-'));
  chmodSync(root, 0o755);
  const put = (path: string, contents: string | Uint8Array, mode = 0o644) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
    chmodSync(target, mode);
  };
  const own = (name: string) => readFileSync(join(FILES, name), 'utf8');
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000');
  try {
    mkdirSync(join(root, 'usr/lib/vigie-agent'), { recursive: true });
    copyFileSync(program, join(root, 'usr/lib/vigie-agent/vigie-agent'));
    chmodSync(join(root, 'usr/lib/vigie-agent/vigie-agent'), 0o755);
    if (publicKey !== undefined) put('usr/lib/vigie-agent/release.pub', publicKey);
    put('usr/bin/vigie-agent', own('vigie-agent.sh'), 0o755);
    put('lib/systemd/system/vigie-agent.service', own('vigie-agent.service'));
    put('etc/vigie-agent/agent.yaml', own('agent.yaml'));
    put('usr/share/man/man8/vigie-agent.8.gz', gzipped(own('vigie-agent.8')));
    put('usr/share/man/fr/man8/vigie-agent.8.gz', gzipped(own('vigie-agent.fr.8')));
    put('usr/share/doc/vigie-agent/copyright', own('copyright'));
    const entry = `vigie-agent (${debianVersion(version)}) stable; urgency=medium\n\n  * Version ${version} of Vigie.\n\n -- Vigie <vigie@localhost>  ${date}\n`;
    put('usr/share/doc/vigie-agent/changelog.gz', gzipped(entry));
    put('usr/share/lintian/overrides/vigie-agent', own('lintian-overrides'));
    const sizeKb = Math.ceil(statSync(program).size / 1024) + 64;
    put('DEBIAN/control', own('control').replace('@VERSION@', debianVersion(version)).replace('@SIZE@', `${sizeKb}`));
    put('DEBIAN/conffiles', '/etc/vigie-agent/agent.yaml\n');
    for (const script of SCRIPTS) put(`DEBIAN/${script}`, own(script), 0o755);
    put('DEBIAN/md5sums', execFileSync('sh', ['-c', MD5SUMS], { cwd: root }));
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', root, output], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

const MD5SUMS = "find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\\0' | sort -z | xargs -0 md5sum";

/** Debian takes a dash for the beginning of its own revision, and a tilde for "before". */
const debianVersion = (version: string): string => version.replace('-', '~');

/** Without the time: the same text gives the same bytes. */
const gzipped = (text: string): Buffer => gzipSync(text, { level: 9 });
