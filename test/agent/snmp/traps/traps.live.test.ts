import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { listening } from './start-receiver.ts';

const COLD_START = '1.3.6.1.6.3.1.1.5.1';
const LINK_DOWN = '1.3.6.1.6.3.1.1.5.3';
const IF_INDEX = ['1.3.6.1.2.1.2.2.1.1.7', 'i', '7'];
const SIGNED: Extract<Secrets, { version: 3 }> = {
  version: 3,
  user: 'monitor',
  auth: { protocol: 'sha1', password: 'signing-password' },
};
const ENCRYPTED: typeof SIGNED = { ...SIGNED, priv: { protocol: 'aes128', password: 'private-password' } };
const SECRETS: Secrets[] = [ENCRYPTED, { version: '2c', community: 'store-traps' }];
const SIGN = ['-v3', '-u', 'monitor', '-a', 'SHA', '-A', 'signing-password'];
const ENCRYPT = [...SIGN, '-l', 'authPriv', '-x', 'AES', '-X', 'private-password'];
const PLAIN = ['-v2c', '-c', 'store-traps'];

const run = promisify(execFile);

/** Debian's snmptrap and snmpinform, which keep what they know in a folder of this test's. */
function sender(port: number): (program: 'snmptrap' | 'snmpinform', args: readonly string[]) => Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-snmptrap-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH, MIBS: '', SNMPCONFPATH: folder, SNMP_PERSISTENT_DIR: folder };
  return (program, args) => {
    const at = args.indexOf('TO');
    const filled = args.map((arg, each) => (each === at ? `127.0.0.1:${port}` : arg));
    return run(program, ['-t', '2', '-r', '1', ...filled], { env, timeout: 20_000 });
  };
}

const hasTools = existsSync('/usr/bin/snmptrap') && existsSync('/usr/bin/snmpinform');

test.skipIf(!hasTools)('Net-SNMP’s traps of version 1, 2c and 3 are understood alike', async () => {
  const { port, until, events } = await listening({ secrets: SECRETS });
  const send = sender(port);
  await send('snmptrap', ['-v1', '-c', 'store-traps', 'TO', '1.3.6.1.4.1.9', '10.0.0.1', '2', '0', '', ...IF_INDEX]);
  await until(() => events.length === 1);
  await send('snmptrap', [...PLAIN, 'TO', '', COLD_START]);
  await until(() => events.length === 2);
  await send('snmptrap', [...ENCRYPT, 'TO', '', '1.3.6.1.2.1.33.2.1', '1.3.6.1.2.1.33.1.2.3.0', 'i', '9']);
  await until(() => events.length === 3);
  expect(events).toMatchObject([
    ['switch', { source: 'trap', code: LINK_DOWN, key: '7', text: 'Interface down: 7' }],
    ['switch', { source: 'trap', code: COLD_START }],
    ['switch', { source: 'trap', severity: 'warning', text: 'UPS on battery, minutes left: 9' }],
  ]);
});

test.skipIf(!hasTools)('Net-SNMP’s informs of version 2c and 3 are taken once, and acknowledged', async () => {
  const { port, events, receiver } = await listening({ secrets: SECRETS });
  const send = sender(port);
  // They end well only when they were acknowledged.
  await send('snmpinform', [...PLAIN, 'TO', '', COLD_START]);
  await send('snmpinform', [...ENCRYPT, 'TO', '', LINK_DOWN, ...IF_INDEX]);
  expect(events).toMatchObject([
    ['switch', { source: 'inform', code: COLD_START }],
    ['switch', { source: 'inform', code: LINK_DOWN, key: '7' }],
  ]);
  expect(receiver.counts()).toMatchObject({ taken: 2, repeated: 0 });
});

test.skipIf(!hasTools)('what only signs is taken where the credential only signs', async () => {
  const { port, events } = await listening({ secrets: [SIGNED] });
  await sender(port)('snmpinform', [...SIGN, '-l', 'authNoPriv', 'TO', '', COLD_START]);
  expect(events).toHaveLength(1);
});

test.skipIf(!hasTools)('a wrong community, password or level is not acknowledged', async () => {
  const { port, events, receiver } = await listening({ secrets: SECRETS });
  const send = sender(port);
  const wrong = ['-v3', '-u', 'monitor', '-a', 'SHA', '-A', 'another-password', '-l', 'authNoPriv'];
  await expect(
    send('snmpinform', ['-r', '0', '-t', '1', '-v2c', '-c', 'guessed', 'TO', '', COLD_START]),
  ).rejects.toThrow();
  await expect(send('snmpinform', [...wrong, 'TO', '', COLD_START])).rejects.toThrow();
  await expect(send('snmpinform', [...SIGN, '-l', 'authNoPriv', 'TO', '', COLD_START])).rejects.toThrow();
  expect(events).toEqual([]);
  expect(receiver.counts().refused).toMatchObject({ community: 1 });
});
