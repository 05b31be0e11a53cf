import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What `npm test` runs: everything, one thing at a time. Suites that need a real server install it where they can (root
 * on Debian); otherwise they are named and left out, and with CI=true that is a failure.
 */
interface Step {
  name: string;
  /** Programs it needs, with the Debian packages that bring each. */
  needs: Record<string, string>;
  command: string[];
  /** True where vitest counts the tests; otherwise the step itself is one. */
  counts: boolean;
  /** It starts the same programs hundreds of times: Node compiles them once. Not where a first start is timed. */
  startsMany?: true;
}

/** Debian keeps these off the search path. */
const POSTGRES = '/usr/lib/postgresql/15/bin/postgres';
const FAKETIME = '/usr/bin/faketime';
const NUT = '/lib/nut/upsd';
const REQUEST_TRACKER = '/usr/share/request-tracker5/libexec/rt-server';
const NAGIOS_PLUGINS = '/usr/lib/nagios/plugins/check_disk';

const vitest = (...args: string[]) => ['vitest', 'run', ...args];
const STEPS: Step[] = [
  { name: 'types', needs: {}, command: ['tsc', '-p', '.'], counts: false },
  { name: 'lint', needs: {}, command: ['biome', 'check', '.'], counts: false },
  { name: 'dead code', needs: {}, command: ['knip'], counts: false },
  { name: 'generated files', needs: {}, command: ['node', 'deploy/generate/main.ts', '--check'], counts: false },
  { name: 'web build', needs: {}, command: ['vite', 'build', 'dashboard/web', '--logLevel', 'warn'], counts: false },
  { name: 'agent build', needs: {}, command: ['node', 'deploy/build-agent.ts'], counts: false },
  { name: 'fast', needs: {}, command: vitest(), counts: true },
  {
    name: 'properties',
    needs: {},
    command: vitest('--config', 'test/properties/vitest.config.ts'),
    counts: true,
  },
  {
    name: 'faults',
    needs: {
      mosquitto: 'mosquitto',
      influxd: 'influxdb',
      'victoria-metrics': 'victoria-metrics',
      [POSTGRES]: 'postgresql-15',
      [FAKETIME]: 'faketime',
      ip: 'iproute2',
      openssl: 'openssl',
      '/usr/sbin/chronyd': 'chrony',
      '/usr/sbin/logrotate': 'logrotate',
      sigtool: 'clamav',
      smartctl: 'smartmontools',
      [NUT]: 'nut-server',
      [NAGIOS_PLUGINS]: 'monitoring-plugins-basic',
      'prometheus-node-exporter': 'prometheus-node-exporter',
      dnsmasq: 'dnsmasq-base',
      ping: 'iputils-ping',
      socat: 'socat',
      snmpd: 'snmpd',
      snmpget: 'snmp',
      snmpsimd: 'snmpsim',
      debootstrap: 'debootstrap',
      'systemd-nspawn': 'systemd-container',
      strip: 'binutils',
      [REQUEST_TRACKER]: 'request-tracker5 rt5-db-sqlite rt5-standalone',
    },
    command: vitest('--config', 'test/faults/vitest.config.ts'),
    counts: true,
    startsMany: true,
  },
  {
    name: 'browser',
    needs: { chromium: 'chromium' },
    command: vitest('--config', 'test/browser/vitest.config.ts'),
    counts: true,
  },
];

const ROOT = new URL('..', import.meta.url).pathname;
const BIN = join(ROOT, 'node_modules/.bin');
const inCi = process.env.CI === 'true';
const total = { passed: 0, failed: 0, skipped: 0 };
const report = mkdtempSync(join(tmpdir(), 'vigie-test-'));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const SEARCH_PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const has = (program: string) =>
  spawnSync('sh', ['-c', `command -v ${program}`], { env: { ...process.env, PATH: SEARCH_PATH } }).status === 0;

/** Installs what is missing, where that is possible. Returns what is still missing. */
function provide(needs: Record<string, string>): string[] {
  const missing = () => Object.keys(needs).filter((program) => !has(program));
  if (missing().length === 0) return [];
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const packages = missing().flatMap((program) => (needs[program] as string).split(' '));
    say(`installing ${packages.join(', ')} …`);
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update');
    // Servers are wanted here as programs: none is to start by itself and take its port.
    const policy = '/usr/sbin/policy-rc.d';
    const isOurs = !existsSync(policy);
    if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    try {
      apt('install', '-y', '--no-install-recommends', ...packages);
    } finally {
      if (isOurs) rmSync(policy);
    }
  }
  return missing();
}

function run(step: Step): void {
  const missing = provide(step.needs);
  if (missing.length > 0) {
    say(`\n## ${step.name}: not run, ${missing.join(', ')} missing and not installable here`);
    if (inCi) total.failed++;
    else total.skipped++;
    return;
  }
  say(`\n## ${step.name}`);
  const output = join(report, `${step.name}.json`);
  const reporters = step.counts ? ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`] : [];
  const [program, ...args] = step.command as [string, ...string[]];
  const { status } = spawnSync(join(BIN, program), [...args, ...reporters], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...(step.startsMany && { NODE_COMPILE_CACHE: join(report, 'compiled') }) },
  });
  if (!step.counts) {
    if (status === 0) total.passed++;
    else total.failed++;
    return;
  }
  const counts = existsSync(output)
    ? (JSON.parse(readFileSync(output, 'utf8')) as Record<string, number>)
    : { numFailedTests: 0 };
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = counts;
  total.passed += numPassedTests;
  total.skipped += numPendingTests + numTodoTests;
  // A suite that breaks before its first test has failed, whatever it counted.
  total.failed += status === 0 ? numFailedTests : Math.max(numFailedTests, 1);
}

const wanted = process.argv.slice(2);
for (const step of STEPS) if (wanted.length === 0 || wanted.includes(step.name)) run(step);
rmSync(report, { recursive: true, force: true });
if (inCi && total.skipped > 0) total.failed += total.skipped;
say(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
