import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, newServerKey, openAuthority } from '../../../collector/admission/authority.ts';
import { bearerOf } from '../../../collector/admission/peer.ts';
import { fingerprintOf, toPem } from '../../../collector/admission/x509.ts';

const SEED = new Uint8Array(32).fill(7);
const DAY_MS = 86_400_000;
/** OpenSSL looks at the dates by this machine's clock. */
const NOW = Date.now();
const keep = async (certificate: string) => certificate;
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;

let folder: string;
let authority: Authority;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-authority-'));
  authority = await openAuthority(SEED, keep, NOW);
});
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('every collector makes the same authority, and the certificate first kept is everyone’s', async () => {
  let kept: string | undefined;
  const keepFirst = async (certificate: string) => (kept ??= certificate);
  const one = await openAuthority(SEED, keepFirst, NOW);
  const other = await openAuthority(SEED, keepFirst, NOW + DAY_MS);
  expect(other.certificate).toBe(one.certificate);
  expect(other.fingerprint).toBe(one.fingerprint);
  expect((await openAuthority(new Uint8Array(32).fill(8), keep, NOW)).fingerprint).not.toBe(one.fingerprint);
  const { pem } = other.issueAgent({ commonName: 'a/b/c', publicKey: newKey(), now: NOW, days: 1, answers: false });
  expect(new X509Certificate(pem).verify(new X509Certificate(one.certificate).publicKey)).toBe(true);
});

test('OpenSSL takes its certificates for what they are meant for, and for nothing else', () => {
  const ca = file('ca.pem', authority.certificate);
  const publicKey = newKey();
  const agent = authority.issueAgent({ commonName: 'acme/s1/till-1', publicKey, now: NOW, days: 90, answers: false });
  const gateway = authority.issueAgent({ commonName: 'acme/s1/gw', publicKey, now: NOW, days: 90, answers: true });
  const server = authority.issueServer({
    publicKey: newServerKey().publicKey,
    names: ['localhost'],
    now: NOW,
    days: 9,
  });
  const verify = (pem: string, purpose: string) => {
    const path = file('leaf.pem', pem);
    try {
      return openssl('verify', '-x509_strict', '-purpose', purpose, '-CAfile', ca, path).trim();
    } catch {
      return 'refused';
    }
  };
  const good = `${join(folder, 'leaf.pem')}: OK`;
  expect([agent, gateway, server].map(({ pem }) => verify(pem, 'sslclient'))).toEqual([good, good, 'refused']);
  expect([agent, gateway, server].map(({ pem }) => verify(pem, 'sslserver'))).toEqual(['refused', good, good]);
  // An agent's certificate signs no other.
  expect(new X509Certificate(agent.pem).ca).toBe(false);
  expect(new X509Certificate(authority.certificate).ca).toBe(true);
});

test('an agent’s certificate says who it is, from an hour ago for as long as was wished', () => {
  const publicKey = newKey();
  const { pem, serial, from, to } = authority.issueAgent({
    commonName: 'acme/s1/till-1',
    publicKey,
    now: NOW,
    days: 90,
    answers: false,
  });
  expect(bearerOf(new X509Certificate(pem), '192.0.2.1')).toEqual({
    device: 'acme/s1/till-1',
    serial,
    key: fingerprintOf(publicKey).toString('hex'),
    from,
    to,
    pem: new X509Certificate(pem).toString(),
    address: '192.0.2.1',
  });
  expect(NOW - from).toBeGreaterThanOrEqual(3_600_000);
  expect(NOW - from).toBeLessThan(3_601_000);
  expect(Math.round((to - NOW) / DAY_MS)).toBe(90);
  expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
});

test('the authority lives for twenty years', () => {
  const { validFrom, validTo } = new X509Certificate(authority.certificate);
  expect(new Date(validTo).getFullYear() - new Date(NOW).getFullYear()).toBe(20);
  expect(Date.parse(validFrom)).toBeLessThan(NOW);
});

test('past 2049 the dates are still read as they were meant', async () => {
  const late = Date.UTC(2049, 10, 1);
  const old = await openAuthority(SEED, keep, late);
  const { validFrom, validTo } = new X509Certificate(old.certificate);
  expect([new Date(validFrom).getFullYear(), new Date(validTo).getFullYear()]).toEqual([2049, 2069]);
});

test('a server answers to its names and addresses alone', () => {
  const names = ['vigie.example', 'localhost', '192.0.2.7', '::1', '2001:db8::5:0:1', '::ffff:192.0.2.9'];
  const { pem } = authority.issueServer({ publicKey: newServerKey().publicKey, names, now: NOW, days: 30 });
  const certificate = new X509Certificate(pem);
  for (const name of ['vigie.example', 'localhost']) expect(certificate.checkHost(name)).toBe(name);
  for (const address of ['192.0.2.7', '::1', '2001:db8:0:0:0:5:0:1', '::ffff:192.0.2.9']) {
    expect(certificate.checkIP(address)).toBe(address);
  }
  expect(certificate.checkHost('other.example')).toBeUndefined();
  expect(certificate.checkIP('192.0.2.8')).toBeUndefined();
});

test('OpenSSL reads the revocation list and refuses what is on it', () => {
  const issue = (name: string) =>
    authority.issueAgent({ commonName: name, publicKey: newKey(), now: NOW, days: 9, answers: false });
  const [stolen, good] = [issue('a/b/stolen'), issue('a/b/good')];
  const list = authority.revocationList([{ serial: stolen.serial, at: NOW - 1000 }], NOW);
  const crl = file('crl.pem', toPem('X509 CRL', list));
  const ca = file('ca.pem', authority.certificate);
  const text = openssl('crl', '-in', crl, '-noout', '-text', '-CAfile', ca);
  expect(text).toContain(`Serial Number: ${stolen.serial.toUpperCase()}`);
  const check = (pem: string) =>
    openssl('verify', '-x509_strict', '-crl_check', '-CAfile', ca, '-CRLfile', crl, file('leaf.pem', pem));
  expect(check(good.pem)).toContain('OK');
  expect(() => check(stolen.pem)).toThrow(/certificate revoked/);
  const empty = file('empty.pem', toPem('X509 CRL', authority.revocationList([], NOW)));
  expect(openssl('crl', '-in', empty, '-noout', '-text')).toContain('No Revoked Certificates');
});

test('a long list is still one', () => {
  const entries = Array.from({ length: 3_000 }, (_, n) => ({
    serial: `40${n.toString(16).padStart(30, '0')}`,
    at: NOW,
  }));
  const crl = file('long.pem', toPem('X509 CRL', authority.revocationList(entries, NOW)));
  expect(openssl('crl', '-in', crl, '-noout', '-text').match(/Serial Number/g)).toHaveLength(3_000);
});

test('a certificate of ours whose name is no device’s bears nobody', () => {
  const { publicKey } = newServerKey();
  const { pem } = authority.issueServer({ publicKey, names: ['localhost'], now: NOW, days: 1 });
  expect(bearerOf(new X509Certificate(pem), '')).toEqual({ fault: 'foreign-certificate' });
  expect(createPublicKey(authority.certificate).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
});
