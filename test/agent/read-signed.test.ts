import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { readSigned } from '../../agent/read-signed.ts';
import { createSigner } from '../../collector/signer.ts';
import type { Signed } from '../../protocol/signed.ts';

const seed = randomBytes(32);
const signer = createSigner(seed);
const schema = Type.Object({ n: Type.Number() });
const read = (signed: unknown, publicKey = signer.publicKey) =>
  readSigned(Buffer.from(JSON.stringify(signed)), { purpose: 'command', schema, publicKey });

test('what the server signed is read; every collector of an installation signs alike', () => {
  expect(read(signer.sign('command', { n: 1 }))).toEqual({ body: { n: 1 } });
  expect(read(createSigner(seed).sign('command', { n: 2 }))).toEqual({ body: { n: 2 } });
});

test('another key, another purpose, a changed body and no envelope at all are unsigned', () => {
  const signed: Signed = signer.sign('command', { n: 1 });
  expect(read(createSigner(randomBytes(32)).sign('command', { n: 1 }))).toEqual({ fault: 'unsigned' });
  expect(read(signer.sign('config', { n: 1 }))).toEqual({ fault: 'unsigned' });
  expect(read({ ...signed, body: '{"n":2}' })).toEqual({ fault: 'unsigned' });
  expect(read({ n: 1 })).toEqual({ fault: 'unsigned' });
});

test('a signed body of another shape is malformed', () => {
  expect(read(signer.sign('command', { m: 1 }))).toEqual({ fault: 'malformed' });
});
