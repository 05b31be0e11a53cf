import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run lock`: makes package-lock.json anew. npm leaves out of it what the registry at hand does not carry, such as a
 * compiler's build for another system, and `npm ci` then refuses the lock. Those packages are optional and never
 * installed here; they are put in by the version their owner asks for, with the system they are for.
 */
interface Locked {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const SYSTEMS = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openbsd', 'netbsd', 'openharmony', 'sunos', 'aix'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

const ROOT = new URL('..', import.meta.url).pathname;

function resolveElsewhere(): { packages: Record<string, Locked> } {
  // In a folder without node_modules: npm would take what is installed here for all there is.
  const folder = mkdtempSync(join(tmpdir(), 'vigie-lock-'));
  try {
    copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
    return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a package's name says of the system it is for. */
function systemOf(name: string): Pick<Locked, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word)) ?? (words.includes('arm') ? 'arm' : undefined);
  return {
    ...(processor && { cpu: [processor] }),
    ...(system && { os: [system] }),
    ...(system === 'linux' && { libc: [/musl/.test(name) ? 'musl' : 'glibc'] }),
  };
}

const lock = resolveElsewhere();
const { packages } = lock;
for (const owner of Object.values({ ...packages })) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    packages[`node_modules/${name}`] ??= {
      version,
      ...(owner.dev && { dev: true }),
      optional: true,
      ...systemOf(name),
    };
  }
}
const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  join(ROOT, 'package-lock.json'),
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
);
