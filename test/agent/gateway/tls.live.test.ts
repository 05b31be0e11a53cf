import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dial } from '../../../agent/connect.ts';
import { type Gateway, startGateway } from '../../../agent/gateway/start-gateway.ts';
import { createTestAuthority, type Identity } from '../../support/test-authority.ts';
import { createFakeClock } from '../fake-clock.ts';

let folder: string;
let gateway: Gateway;
let port: number;
let identity: (commonName: string) => Identity;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-lan-'));
  identity = createTestAuthority(folder);
  await start();
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  gateway = await startGateway({
    options: { host: '127.0.0.1', port: 0, tls: identity('c/s/gw'), maxDevices: 4, maxBytes: 67_108_864 },
    chain: 'c',
    store: 's',
    device: 'gw',
    boot: 'bootofthegateway',
    dataDir: folder,
    maxAgeMs: 1e9,
    clock: createFakeClock(),
    log: () => {},
  });
  port = gateway.ports().mqtt as number;
}

function login(clientId: string, who?: Identity): Promise<void> {
  const read = (file: string) => readFileSync(file);
  const client = mqtt.connect(`mqtts://127.0.0.1:${port}`, {
    clientId,
    protocolVersion: 4,
    reconnectPeriod: 0,
    rejectUnauthorized: false,
    ...(who && { cert: read(who.certFile), key: read(who.keyFile) }),
  });
  return new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.on('error', reject);
    client.once('close', () => reject(new Error('closed')));
  }).finally(() => client.end(true));
}

test('who comes in is who the certificate says', async () => {
  const till = identity('c/s/till-1');
  await login('vigie:c/s/till-1', till);
  await expect(login('vigie:c/s/till-2', till)).rejects.toThrow();
  await expect(login('vigie:c/s/till-1')).rejects.toThrow();
  await expect(login('vigie:c/other/till-1', identity('c/other/till-1'))).rejects.toThrow();
  const otherFolder = mkdtempSync(join(folder, 'other-'));
  await expect(login('vigie:c/s/till-1', createTestAuthority(otherFolder)('c/s/till-1'))).rejects.toThrow();
});

test('a device knows its gateway by its name, and takes no other device of the store for it', async () => {
  const till = identity('c/s/till-1');
  const meet = (peer: string) =>
    new Promise<string>((resolve) => {
      const { socket } = dial({ host: '127.0.0.1', port, tls: { ...till, peer } });
      socket.once('secureConnect', () => resolve('met'));
      socket.once('error', (error) => resolve(error.message));
    });
  expect(await meet('c/s/gw')).toBe('met');
  expect(await meet('c/s/till-2')).toBe('the certificate is not that of c/s/till-2');
});

test('a revoked certificate stays out, before the centre was reached in this run', async () => {
  const till = identity('c/s/till-1');
  const other = identity('c/s/till-2');
  await gateway.stop();
  const { serialNumber } = new X509Certificate(readFileSync(till.certFile));
  mkdirSync(join(folder, 'gateway'), { recursive: true });
  writeFileSync(join(folder, 'gateway', 'revoked.json'), JSON.stringify({ revoked: [serialNumber.toLowerCase()] }));
  // It is enrolled: whoever is not cannot ask what is revoked.
  mkdirSync(join(folder, 'identity'));
  writeFileSync(join(folder, 'identity', 'identity.json'), '{}');
  await start();
  await expect(login('vigie:c/s/till-1', till)).rejects.toThrow(/authorized/i);
  await login('vigie:c/s/till-2', other);
  // A new certificate of the same device.
  await login('vigie:c/s/till-1', identity('c/s/till-1'));
});
