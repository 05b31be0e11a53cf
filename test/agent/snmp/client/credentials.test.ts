import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  loadCredentials,
  readSecrets,
  type SnmpCredential,
  warnOfCredentials,
} from '../../../../agent/snmp/credentials.ts';

let folder: string;
const file = (name: string, text: string, mode = 0o600) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-credentials-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const faults = (credential: unknown) => loadCredentials({ store: credential }, 'snmp.credentials').faults;

describe('what is written', () => {
  test.for<[string, unknown]>([
    ['a community in a file', { version: '2c', communityFile: '/etc/vigie/community' }],
    ['a community in the environment', { version: 1, communityEnv: 'SNMP_COMMUNITY' }],
    ['a user without a password', { version: 3, user: 'noc' }],
    [
      'a user with both',
      {
        version: 3,
        user: 'noc',
        auth: { protocol: 'sha512', passwordFile: '/a' },
        priv: { protocol: 'aes256-cisco', passwordEnv: 'PRIV' },
        contextName: 'vlan-10',
      },
    ],
  ])('%s', ([, credential]) => {
    expect(faults(credential)).toEqual([]);
  });

  test.for<[unknown, string]>([
    ['public', 'snmp.credentials.store: must have a version'],
    [{ communityEnv: 'A' }, 'snmp.credentials.store.version: must be one of 1, "2c", 3'],
    [{ version: '2c' }, 'snmp.credentials.store: needs one of communityFile and communityEnv'],
    [{ version: '2c', communityFile: '/a', communityEnv: 'A' }, 'needs one of communityFile and communityEnv'],
    [{ version: '2c', communityFile: '/a', user: 'x' }, 'snmp.credentials.store.user: unknown key'],
    [{ version: 3 }, 'snmp.credentials.store.user: is missing'],
    [{ version: 3, user: 'x', auth: { protocol: 'sha256' } }, 'store.auth: needs one of passwordFile and passwordEnv'],
    [{ version: 3, user: 'x', auth: { protocol: 'rot13', passwordEnv: 'A' } }, 'store.auth.protocol: must be one of'],
    [{ version: 3, user: 'x', priv: { protocol: 'des', passwordEnv: 'A' } }, 'store.auth: is missing'],
  ])('%o is refused: %s', ([credential, why]) => {
    expect(faults(credential).join('\n')).toContain(why);
  });

  test.for<[unknown, string]>([
    [{ version: '2c', community: 'Geheim-7' }, 'store.community: a secret does not stand in this file'],
    [{ version: '2c', community: 'public' }, 'communityFile: /path/to/it'],
    [{ version: 3, user: 'x', auth: { protocol: 'sha1', password: 'Geheim-7' } }, 'store.auth.password: a secret'],
    [{ version: 3, user: 'x', priv: { protocol: 'des', password: 'Geheim-7' } }, 'passwordEnv: NAME_OF_A_VARIABLE'],
  ])('a secret in the file itself is refused with what to write, and not repeated', ([credential, why]) => {
    const told = faults(credential).join('\n');
    expect(told).toContain(why);
    expect(told).not.toContain('Geheim-7');
  });
});

describe('what it refers to', () => {
  test('is read when it is used', () => {
    const communityFile = file('community', 'Geheim-7\n');
    const credential: SnmpCredential = { version: '2c', communityFile };
    expect(readSecrets('store', credential, {})).toEqual({ version: '2c', community: 'Geheim-7' });
    file('community', 'Geheim-8\r\n');
    expect(readSecrets('store', credential, {})).toEqual({ version: '2c', community: 'Geheim-8' });
    const env = { AUTH: 'auth-geheim', PRIV: 'priv-geheim' };
    const user: SnmpCredential = {
      version: 3,
      user: 'noc',
      auth: { protocol: 'sha256', passwordEnv: 'AUTH' },
      priv: { protocol: 'aes128', passwordEnv: 'PRIV' },
    };
    expect(readSecrets('noc', user, env)).toEqual({
      version: 3,
      user: 'noc',
      auth: { protocol: 'sha256', password: 'auth-geheim' },
      priv: { protocol: 'aes128', password: 'priv-geheim' },
    });
  });

  test('errors name the credential and the file or variable, never the secret', () => {
    const read =
      (credential: SnmpCredential, env = {}) =>
      () =>
        readSecrets('store', credential, env);
    expect(read({ version: 1, communityFile: join(folder, 'none') })).toThrow(/credential store: .*none/);
    expect(read({ version: 1, communityFile: file('empty', '') })).toThrow(/credential store: .*empty is empty/);
    expect(read({ version: 1, communityEnv: 'NONE' })).toThrow('credential store: the environment variable NONE');
    const short: SnmpCredential = { version: 3, user: 'x', auth: { protocol: 'sha1', passwordEnv: 'SHORT' } };
    expect(read(short, { SHORT: 'kurz' })).toThrow('credential store: SHORT holds fewer than 8 characters');
    expect(read(short, { SHORT: 'kurz' })).not.toThrow('kurz');
  });

  test('weak protection is said: files that others read, MD5, DES', () => {
    const open = file('open', 'Geheim-7', 0o644);
    const kept = file('kept', 'Geheim-7', 0o640);
    const told: unknown[] = [];
    warnOfCredentials(
      {
        public: { version: '2c', communityFile: open },
        kept: { version: '2c', communityFile: kept },
        old: {
          version: 3,
          user: 'x',
          auth: { protocol: 'md5', passwordEnv: 'A' },
          priv: { protocol: 'des', passwordFile: kept },
        },
      },
      (level, message, fields) => told.push([level, message, fields]),
    );
    expect(told).toMatchObject([
      ['warn', 'others on this machine may read a secret', { file: open }],
      ['warn', 'messages of SNMP are signed with MD5', { credential: 'old' }],
      ['warn', 'SNMP is encrypted with DES', { credential: 'old' }],
    ]);
    expect(JSON.stringify(told)).not.toContain('Geheim-7');
  });
});
