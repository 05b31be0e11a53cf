import { expect, test } from 'vitest';
import { maskSecrets } from '../../agent/mask.ts';

test.each([
  ['password=hunter2 user=bob', 'password=*** user=bob'],
  ['DB_PASSWORD: "two words" next', 'DB_PASSWORD: *** next'],
  ['{"password":"s3cret","user":"bob"}', '{"password":***,"user":"bob"}'],
  ['mot de passe : toto', 'mot de passe : ***'],
  ['api_key=AbC token: xyz', 'api_key=*** token: ***'],
  ['Authorization: Bearer abc.def', 'Authorization: ***'],
  ['sent bearer 0123456789abcdef', 'sent bearer ***'],
  ['https://bob:pw@host/path', 'https://***@host/path'],
  ['amqp://guest@host', 'amqp://***@host'],
  ['run --password s3cret --force', 'run --password *** --force'],
  ['PAN 4970 1012 3456 7890 accepted', 'PAN *** accepted'],
  ['card 4970101234567890', 'card ***'],
  ['%B4970101234567890^DUPONT/JEAN^2812?', '***'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def', 'jwt ***'],
  ['id 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d', 'id ***'],
  ['-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----', '***'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIB cut off', '***'],
])('%s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test.each([
  'posd.service: active (running), PID 4242, since Sun 2026-11-22 09:00:00 UTC',
  'eth0 10.11.12.13 00:1b:21:3a:4f:5c up',
  '2026-11-22T09:00:00Z error 0x80070005 in module kernel32.dll version 10.0.22621.2506',
  '/var/log/pos/pos.log: 104857600 bytes, 3 kept',
])('leaves alone: %s', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test('stays quick on what is made to be slow', () => {
  for (const nasty of [
    'a_'.repeat(30_000),
    '1 '.repeat(30_000),
    'a'.repeat(60_000),
    '-'.repeat(60_000),
    '"'.repeat(60_000),
  ]) {
    const from = performance.now();
    maskSecrets(nasty);
    expect(performance.now() - from).toBeLessThan(2_000);
  }
});
