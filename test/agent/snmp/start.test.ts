import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SnmpDevice, SnmpOptions } from '../../../agent/snmp/options.ts';
import { startSnmp } from '../../../agent/snmp/start.ts';
import { sayIn } from '../../../agent/words.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { createFakeClock } from '../fake-clock.ts';

const device = (name: string): SnmpDevice => ({
  name,
  host: '127.0.0.1',
  port: 161,
  credential: 'all',
  everyS: 30,
  uplinks: [],
  ignore: [],
  timeoutMs: 100,
});
const options = (...devices: SnmpDevice[]): SnmpOptions => ({
  credentials: { all: { version: '2c', communityEnv: 'NOT_SET' } },
  maxInFlight: 2,
  devices,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-snmp-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(wanted: SnmpOptions) {
  const filed: [string, CheckStatus[]][] = [];
  const clock = createFakeClock();
  const snmp = startSnmp({
    options: wanted,
    ...{ chain: 'c', store: 's', device: 'gw', boot: 'bootbootone', dataDir: folder, env: {} },
    clock,
    log: () => {},
    say: sayIn('en'),
    file: (name, { statuses }) => filed.push([name, statuses]),
    onFound: () => {},
  });
  return { filed, clock, snmp };
}

test('what is raised on a device is taken back when it leaves the configuration, once', async () => {
  const { filed, clock, snmp } = run(options(device('sw'), device('ap')));
  await clock.advance(10_000);
  await vi.waitFor(() => expect(new Set(filed.map(([name]) => name)).size).toBe(2));
  expect(filed[0]).toMatchObject([expect.any(String), [{ check: 'snmp', status: 'unknown' }]]);
  filed.length = 0;
  snmp.change(options({ ...device('ap'), uplinks: ['wan'] }));
  snmp.change(options({ ...device('ap'), uplinks: ['wan'] }));
  expect(filed).toEqual([['sw', [{ check: 'snmp', status: 'ok' }]]]);
  await snmp.stop();
});

test('so it is when the device leaves while the agent is away', async () => {
  const before = run(options(device('sw'), device('ap')));
  await before.clock.advance(10_000);
  await vi.waitFor(() => expect(new Set(before.filed.map(([name]) => name)).size).toBe(2));
  await before.snmp.stop();
  const { filed, snmp } = run(options(device('ap')));
  expect(filed).toEqual([['sw', [{ check: 'snmp', status: 'ok' }]]]);
  await snmp.stop();
  const again = run(options(device('ap')));
  expect(again.filed).toEqual([]);
  await again.snmp.stop();
});
