import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../agent/clock.ts';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import { openSnmpSession, type SnmpSession } from '../../../../agent/snmp/client/session.ts';
import { createTransport, type SnmpTransport } from '../../../../agent/snmp/client/transport.ts';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { textOf } from '../../../../agent/snmp/value.ts';
import { type RealSnmpd, startSnmpd } from './real-snmpd.ts';

const NAME = '1.3.6.1.2.1.1.5.0';
const SYSTEM = ['1.3.6.1.2.1.1.9.1.2', '1.3.6.1.2.1.1.9.1.3', '1.3.6.1.2.1.1.9.1.99'];
const BOUNDS = { rowsPerColumn: 1000, values: 10_000, durationMs: 10_000 };
const ENGINE = '80001f8801c0a80001';
const OTHER_ENGINE = '80001f8801c0a80002';
const [AUTH_PASSWORD, PRIV_PASSWORD] = ['auth-geheim-77', 'priv-geheim-88'];

type User = Extract<Secrets, { version: 3 }>;
type AuthProtocol = NonNullable<User['auth']>['protocol'];
type PrivProtocol = NonNullable<User['priv']>['protocol'];
const AUTH: Record<AuthProtocol, string> = {
  md5: 'MD5',
  sha1: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const PRIV: Partial<Record<PrivProtocol, string>> = {
  des: 'DES',
  aes128: 'AES',
  aes256: 'AES-256',
  'aes256-cisco': 'AES-256-C',
};
const authNames = Object.keys(AUTH) as AuthProtocol[];
const privNames = Object.keys(PRIV) as PrivProtocol[];
const PAIRS = authNames.flatMap((auth) => [undefined, ...privNames].map((priv) => [auth, priv] as const));
const userName = (auth?: AuthProtocol, priv?: PrivProtocol) => ['user', auth, priv].filter(Boolean).join('-');

const CONFIG = [
  'sysName Filiale-7',
  'rocommunity Geheim-7 127.0.0.1',
  'createUser user',
  'rouser user noauth',
  ...PAIRS.flatMap(([auth, priv]) => [
    `createUser ${userName(auth, priv)} ${AUTH[auth]} ${AUTH_PASSWORD}${priv ? ` ${PRIV[priv]} ${PRIV_PASSWORD}` : ''}`,
    `rouser ${userName(auth, priv)} ${priv ? 'priv' : 'auth'}`,
  ]),
];

let device: RealSnmpd;
let transport: SnmpTransport;
const open: SnmpSession[] = [];
beforeAll(async () => {
  device = await startSnmpd(CONFIG, ENGINE, 'first');
});
afterAll(() => device.close());
beforeEach(() => {
  transport = createTransport();
});
afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

function session(secrets: Secrets, timeoutMs = 1000): SnmpSession {
  const { version } = secrets;
  const target = { host: '127.0.0.1', port: device.port, version, credentials: () => secrets, timeoutMs, retries: 0 };
  const made = openSnmpSession(target, { transport, clock: systemClock });
  open.push(made);
  return made;
}

const user = (auth?: AuthProtocol, priv?: PrivProtocol): User => ({
  version: 3,
  user: userName(auth, priv),
  ...(auth && { auth: { protocol: auth, password: AUTH_PASSWORD } }),
  ...(priv && { priv: { protocol: priv, password: PRIV_PASSWORD } }),
});
const nameOf = async (asked: SnmpSession) => {
  const value = (await asked.get([NAME])).get(NAME);
  return value && textOf(value);
};
const faultOf = async (asked: Promise<unknown>) => {
  const fault = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(SnmpFault);
  const all = JSON.stringify(fault) + (fault as Error).stack;
  for (const secret of [AUTH_PASSWORD, PRIV_PASSWORD, 'Geheim-7']) expect(all).not.toContain(secret);
  return fault as SnmpFault;
};

describe('versions 1 and 2c', () => {
  test.for([1, '2c'] as const)('version %s reads and walks', async (version) => {
    const asked = session({ version, community: 'Geheim-7' });
    const values = await asked.get([NAME, '1.3.6.1.2.1.1.99.0']);
    expect([...values.keys()]).toEqual([NAME]);
    expect(await nameOf(asked)).toBe('Filiale-7');
    const { values: walked, faults } = await asked.walk(SYSTEM, BOUNDS);
    expect(faults).toEqual([]);
    expect(walked.size).toBeGreaterThanOrEqual(18);
    expect([...walked.keys()].every((oid) => SYSTEM.slice(0, 2).some((column) => oid.startsWith(`${column}.`)))).toBe(
      true,
    );
  });

  test('a wrong community is silence, named', async () => {
    const fault = await faultOf(session({ version: '2c', community: 'falsch' }, 200).get([NAME]));
    expect(fault.kind).toBe('timeout');
    expect(fault.words.fr).toContain('identifiants');
    expect(fault.message).not.toContain('falsch');
  });
});

describe('version 3', () => {
  test.for([[undefined, undefined] as const, ...PAIRS])('%s %s', async ([auth, priv]) => {
    const asked = session(user(auth, priv));
    expect(await nameOf(asked)).toBe('Filiale-7');
    expect((await asked.walk(SYSTEM, BOUNDS)).values.size).toBeGreaterThanOrEqual(18);
    expect(asked.engine()?.boots).toEqual(auth && expect.any(Number));
  });

  const SIGNED = user('sha256', 'aes128');
  test.for<[string, User, string[]]>([
    ['authentication', { ...SIGNED, auth: { protocol: 'sha256', password: 'falsch-falsch' } }, ['wrong-password']],
    ['authentication protocol', { ...SIGNED, auth: { protocol: 'sha1', password: AUTH_PASSWORD } }, ['wrong-password']],
    // What a wrong key makes of the message is sometimes no message at all, and not worth an answer.
    ['encryption', { ...SIGNED, priv: { protocol: 'aes128', password: 'falsch-falsch' } }, ['wrong-key', 'timeout']],
    ['user', { ...SIGNED, user: 'niemand' }, ['unknown-user']],
  ])('a wrong %s is named, and not tried again soon', async ([, secrets, kinds]) => {
    const asked = session(secrets, 300);
    const fault = await faultOf(asked.get([NAME]));
    expect(kinds).toContain(fault.kind);
    expect(fault.message).not.toContain('falsch-falsch');
    if (fault.kind !== 'timeout') expect(await faultOf(asked.get([NAME]))).toBe(fault);
  });

  test('recovers after a restart, after one that resets its boots, and when the device is replaced', async () => {
    const all = [user('sha256', 'aes128'), user('sha1'), user('md5', 'des'), user()].map((secrets) => session(secrets));
    const [first] = all as [SnmpSession];
    const names = () => Promise.all(all.map(nameOf));
    const told = all.map(() => 'Filiale-7');
    await device.restart({ memory: 'first', engineId: ENGINE });
    expect(await names()).toEqual(told);
    const before = first.engine()?.boots as number;
    expect(before).toBeGreaterThan(1);

    await device.restart({ memory: 'first', engineId: ENGINE });
    expect(await names()).toEqual(told);
    expect(first.engine()?.boots).toBe(before + 1);

    await device.restart({ memory: 'second', engineId: ENGINE });
    expect(await names()).toEqual(told);
    expect(first.engine()?.boots).toBeLessThan(before);

    await device.restart({ memory: 'third', engineId: OTHER_ENGINE });
    expect(await names()).toEqual(told);
    await device.restart({ memory: 'first', engineId: ENGINE });
    expect(await names()).toEqual(told);
  });
});
