import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import snmp from 'net-snmp';
import { expect, onTestFinished, test } from 'vitest';
import { userOf } from '../../../../agent/snmp/client/connection.ts';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { type Engine, openEngine } from '../../../../agent/snmp/traps/engine.ts';
import { PDU, readMessage, type SecuredMessage } from '../../../../agent/snmp/traps/message.ts';
import { openMessage } from '../../../../agent/snmp/traps/open-message.ts';
import { createUsm } from '../../../../agent/snmp/traps/usm.ts';
import { notification } from './datagrams.ts';

type V3 = Extract<Secrets, { version: 3 }>;
const COLD_START = '1.3.6.1.6.3.1.1.5.1';
const engineOf = (name: string, boots = 1, time = { s: 1000 }): Engine => ({
  id: Buffer.from(`8000000005${Buffer.from(name).toString('hex')}`, 'hex'),
  boots,
  timeS: () => time.s,
});
const SIGNED: V3 = { version: 3, user: 'monitor', auth: { protocol: 'sha256', password: 'signing-password' } };
const ENCRYPTED: V3 = { ...SIGNED, priv: { protocol: 'aes128', password: 'private-password' } };
const OURS = engineOf('ours');

const receiverOf = (...secrets: V3[]) => ({
  communities: new Set<string>(),
  usm: createUsm(secrets.map(userOf), OURS),
});
/** A trap as a device with this engine sends it. */
const trapOf = (secrets: V3, engine: Engine): Buffer =>
  createUsm([], engine).answer({ id: 9 } as SecuredMessage, userOf(secrets), {
    contextEngineId: engine.id,
    contextName: Buffer.alloc(0),
    pdu: notification(COLD_START),
  });

test.each<[string, V3]>([
  ['in the clear', { version: 3, user: 'monitor' }],
  ['signed', SIGNED],
  ['encrypted with AES', ENCRYPTED],
  ['encrypted with AES-256', { ...ENCRYPTED, priv: { protocol: 'aes256', password: 'private-password' } }],
  [
    'encrypted with AES-256 as Cisco has it',
    { ...ENCRYPTED, priv: { protocol: 'aes256-cisco', password: 'private-password' } },
  ],
  ['encrypted with DES', { ...ENCRYPTED, priv: { protocol: 'des', password: 'private-password' } }],
])('a version 3 trap %s is read by the engine of its sender', (_, secrets) => {
  const opened = openMessage(trapOf(secrets, engineOf('device')), receiverOf(secrets), 0);
  expect(opened).toMatchObject({ kind: 'trap', trap: { oid: COLD_START, source: 'trap' } });
});

test('of two credentials with one user the one whose password is right is meant', () => {
  const other: V3 = { ...SIGNED, auth: { protocol: 'sha256', password: 'another-password' } };
  expect(openMessage(trapOf(SIGNED, engineOf('device')), receiverOf(other, SIGNED), 0).kind).toBe('trap');
});

test('a wrong password, a wrong key, an unknown user and a lower security are refused by their names', () => {
  const wrongPassword: V3 = { ...SIGNED, auth: { protocol: 'sha256', password: 'another-password' } };
  const wrongKey: V3 = { ...ENCRYPTED, priv: { protocol: 'aes128', password: 'another-password' } };
  const why = (sent: V3, known: V3) => openMessage(trapOf(sent, engineOf('device')), receiverOf(known), 0);
  expect(why(wrongPassword, SIGNED)).toEqual({ kind: 'refused', why: 'wrong-password' });
  expect(why(wrongKey, ENCRYPTED)).toEqual({ kind: 'refused', why: 'wrong-key' });
  expect(why({ ...SIGNED, user: 'nobody' }, SIGNED)).toEqual({ kind: 'refused', why: 'unknown-user' });
  expect(why(SIGNED, ENCRYPTED)).toEqual({ kind: 'refused', why: 'security-level' });
  expect(why({ version: 3, user: 'monitor' }, SIGNED)).toEqual({ kind: 'refused', why: 'security-level' });
});

test('a trap that was recorded is not believed again later, not even after the device has restarted', () => {
  const time = { s: 1000 };
  const door = receiverOf(SIGNED);
  const recorded = trapOf(SIGNED, engineOf('device', 3, time));
  expect(openMessage(recorded, door, 0).kind).toBe('trap');
  expect(openMessage(recorded, door, 100_000).kind).toBe('trap');
  expect(openMessage(recorded, door, 151_000)).toEqual({ kind: 'refused', why: 'out-of-time' });
  expect(openMessage(trapOf(SIGNED, engineOf('device', 4, { s: 0 })), door, 152_000).kind).toBe('trap');
  expect(openMessage(recorded, door, 152_000)).toEqual({ kind: 'refused', why: 'out-of-time' });
});

test('one changed byte is no longer signed', () => {
  const bytes = trapOf(SIGNED, engineOf('device'));
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
  expect(openMessage(bytes, receiverOf(SIGNED), 0)).toEqual({ kind: 'refused', why: 'wrong-password' });
});

test('engines that prove nothing cost a bounded number of keys, and none is kept', () => {
  const wrong: V3 = { ...SIGNED, auth: { protocol: 'sha256', password: 'another-password' } };
  const door = receiverOf(SIGNED);
  const kept = () =>
    Object.keys(snmp.Authentication.authToKeyCache).filter((key) => key.includes('signing-password')).length;
  const sent = Array.from({ length: 60 }, (_, at) => trapOf(wrong, engineOf(`stranger-${at}`)));
  const before = kept();
  const whys = sent.map((bytes) => openMessage(bytes, door, 0));
  expect(whys.filter((opened) => opened.kind === 'refused' && opened.why === 'wrong-password')).toHaveLength(50);
  expect(whys.filter((opened) => opened.kind === 'refused' && opened.why === 'too-busy')).toHaveLength(10);
  expect(kept()).toBe(before);
});

test('who asks for our engine is told its id, and its time', () => {
  const question = readMessage(trapOf({ version: 3, user: '' }, engineOf('device'))) as SecuredMessage;
  const opened = createUsm([], OURS).open({ ...question, isReportable: true, engineId: Buffer.alloc(0) }, 0);
  if (!('fault' in opened) || opened.report === undefined) throw new Error('no report');
  const report = readMessage(opened.report);
  expect(report).toMatchObject({ version: 3, id: 9, engineBoots: 1, engineTime: 1000, isSigned: false });
  expect((report as SecuredMessage).engineId).toEqual(OURS.id);
  expect((report as SecuredMessage).data.includes(PDU.report)).toBe(true);
});

test('the engine stays the same over restarts, and counts them; what was kept and is unreadable is replaced', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const warned: string[] = [];
  const open = (monotonicMs = () => 0) => openEngine(folder, monotonicMs, (_, message) => warned.push(message));
  let nowMs = 5000;
  const first = open(() => nowMs);
  nowMs += 61_500;
  expect(first).toMatchObject({ boots: 1 });
  expect(first.timeS()).toBe(61);
  expect(open()).toMatchObject({ id: first.id, boots: 2 });
  expect(warned).toEqual([]);
  writeFileSync(join(folder, 'snmp-engine.json'), '{"engineId":"no"}');
  expect(open().id).not.toEqual(first.id);
  expect(warned).toHaveLength(1);
});
