import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discover } from '../../cli/discover/discover.ts';
import { type RealSnmpd, startSnmpd } from '../agent/snmp/client/real-snmpd.ts';

const HERE = '127.0.1.3';
const AWAY = '127.0.1.5';
let folder: string;
let ups: RealSnmpd;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-discover-'));
  port = await freePort();
  writeFileSync(join(folder, 'community'), 'lan-secret\n', { mode: 0o600 });
  const lines = [`agentaddress udp:${HERE}:${port}`, 'rocommunity lan-secret', 'sysName ups-1'];
  ups = await startSnmpd(lines, '80001f88040a0b0c', 'kept');
});

afterAll(async () => {
  await ups.close();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, HERE);
  await once(socket, 'listening');
  const address: AddressInfo = socket.address();
  socket.close();
  return address.port;
}

/** Looks from the agent of a store that watches these. */
async function look(hosts: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> {
  const config = join(folder, 'agent.yaml');
  const snmp = {
    credentials: { lan: { version: '2c', communityFile: join(folder, 'community') } },
    discovery: { ranges: ['127.0.1.0/29'], credentials: ['lan'], perSecond: 100 },
  };
  const own = { chain: 'shop', store: '1', device: 'gw', server: 'mqtt://127.0.0.1:1883', dataDir: folder };
  const snmpDevices = Object.entries(hosts).map(([name, host]) => ({ name, host, port, credential: 'lan' }));
  writeFileSync(config, JSON.stringify({ ...own, central: false, checks: [], snmp, snmpDevices }));
  const lines: string[] = [];
  const code = await discover({
    operands: ['127.0.1.0/29'],
    flags: { config, json: true },
    env: {},
    locale: 'en',
    say: (line) => lines.push(line),
    stop: new AbortController().signal,
  });
  return { code, said: lines.join('\n') };
}

test('what answers is held against what is configured, and the exit code says whether they agree', async () => {
  const same = await look({ ups: HERE });
  expect(JSON.parse(same.said)).toMatchObject({ devices: [{ state: 'known', name: 'ups', found: { name: 'ups-1' } }] });
  expect(same.code).toBe(0);

  const missing = await look({ ups: HERE, till: AWAY });
  const { devices } = JSON.parse(missing.said) as { devices: { state: string }[] };
  expect(devices.map(({ state }) => state)).toEqual(['known', 'gone']);
  expect(missing.code).toBe(1);
  expect(missing.said).not.toContain('lan-secret');
});
