import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { userOf } from '../../../../agent/snmp/client/connection.ts';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';
import { BadMessage, element, integer } from '../../../../agent/snmp/traps/ber.ts';
import { interpret } from '../../../../agent/snmp/traps/interpret.ts';
import { PDU, type SecuredMessage } from '../../../../agent/snmp/traps/message.ts';
import { openMessage, peek } from '../../../../agent/snmp/traps/open-message.ts';
import { createUsm } from '../../../../agent/snmp/traps/usm.ts';
import { sayIn } from '../../../../agent/words.ts';
import { DeviceEvent } from '../../../../protocol/events.ts';
import { datagram, notification, notificationV1 } from './datagrams.ts';
import { listening } from './start-receiver.ts';

const COLD_START = '1.3.6.1.6.3.1.1.5.1';
const secrets: Extract<Secrets, { version: 3 }> = {
  version: 3,
  user: 'monitor',
  auth: { protocol: 'sha1', password: 'signing-password' },
  priv: { protocol: 'aes128', password: 'private-password' },
};
const engine = { id: Buffer.from('8000000005aabbcc', 'hex'), boots: 1, timeS: () => 10 };
const secured = createUsm([], engine).answer({ id: 1 } as SecuredMessage, userOf(secrets), {
  contextEngineId: engine.id,
  contextName: Buffer.alloc(0),
  pdu: notification(COLD_START),
});
const right = [
  datagram(
    'public',
    notification(COLD_START, { '1.3.6.1.2.1.2.2.1.2.3': 'Fa0/3', '1.3.6.1.2.1.1.2.0': { oid: '1.3.6' } }),
  ),
  datagram('public', notification(COLD_START, {}, 12)),
  datagram('public', notificationV1('1.3.6.1.4.1.9', [6, 3], { '1.3.6.1.2.1.1.5.0': 'x' }, '10.0.0.1')),
  secured,
];

const anyArcs = fc.array(fc.oneof(fc.nat(200), fc.nat(0xffff_ffff)), { maxLength: 120 });
const anyOid = anyArcs.map((arcs) => ['1.3.6.1.4.1', ...arcs].join('.'));

/** Any bytes, and bytes that come further: a right envelope around anything, or a right message with some bytes changed. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(...Object.values(PDU)))
    .map(([bytes, tag]) => datagram('public', { tag, body: Buffer.from(bytes) })),
  fc.uint8Array({ maxLength: 60 }).map((bytes) =>
    datagram('public', {
      tag: PDU.trapV2,
      body: Buffer.concat([integer(1), integer(0), integer(0), element(0x30, element(0x30, bytes))]),
    }),
  ),
  fc
    .tuple(fc.constantFrom(...right), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 4 }))
    .map(([message, changes]) => {
      const bytes = Buffer.from(message);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    }),
  fc
    .tuple(
      anyOid,
      anyOid,
      fc.oneof(
        fc.string({ maxLength: 2000 }),
        anyOid.map((oid) => ({ oid })),
      ),
    )
    .map(([name, at, value]) => datagram('public', notification(name, { [at]: value }))),
  fc
    .tuple(anyOid, fc.nat(6), fc.nat(0x7fff_ffff))
    .map(([maker, generic, specific]) => datagram('public', notificationV1(maker, [generic, specific]))),
  fc.tuple(fc.constantFrom(...right), fc.nat(200)).map(([message, length]) => message.subarray(0, length)),
);

test('any bytes are a notification that can be told, or refused by a name; nothing is thrown', () => {
  const door = { communities: new Set(['public']), usm: createUsm([userOf(secrets)], engine) };
  fc.assert(
    fc.property(anyBytes, fc.nat(1_000_000), (bytes, nowMs) => {
      peek(bytes);
      const opened = openMessage(bytes, door, nowMs);
      if (opened.kind !== 'trap') {
        expect(opened.why).toMatch(/./);
        return;
      }
      opened.answer?.();
      const { event, raises } = interpret(opened.trap, { own: [], all: profiles }, sayIn('fr'), 1);
      expect(Value.Check(DeviceEvent, event)).toBe(true);
      expect(raises?.check.length ?? 0).toBeLessThanOrEqual(128);
    }),
    { numRuns: 1500 },
  );
});

test('any bytes on the port leave it as it was: the next trap is heard', async () => {
  const { send, until, events, receiver, logged } = await listening({
    secrets: [secrets, { version: '2c', community: 'public' }],
  });
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(anyBytes, async (bytes) => {
      send(bytes);
      sent++;
      const before = receiver.counts().received;
      await until(() => receiver.counts().received >= sent || receiver.counts().received > before);
    }),
    { numRuns: 300 },
  );
  send(datagram('public', notification('1.3.6.1.2.1.33.2.1')));
  await until(() => receiver.statuses('switch').length > 0);
  const { received, taken, repeated, refused, dropped } = receiver.counts();
  expect(received).toBe(taken + repeated + dropped + Object.values(refused).reduce((sum, each) => sum + each, 0));
  expect(refused.failed).toBeUndefined();
  expect(events.length).toBeLessThanOrEqual(22);
  for (const [, event] of events) expect(Value.Check(DeviceEvent, event)).toBe(true);
  expect(logged.length).toBeLessThan(30);
});

test('a notification whose name is longer than any report may carry is no notification', () => {
  const door = { communities: new Set(['public']), usm: createUsm([], engine) };
  const long = `1.3.6.1.4.1${'.4294967295'.repeat(30)}`;
  const bad = { kind: 'bad', why: 'a notification with an endless name' };
  expect(openMessage(datagram('public', notification(long)), door, 0)).toEqual(bad);
  expect(openMessage(datagram('public', notificationV1(long, [6, 1])), door, 0)).toEqual(bad);
  expect(peek(datagram('public', notification(long)))).toEqual(bad);
});

test('a length that promises more than there is, is no message', () => {
  const door = { communities: new Set<string>(), usm: createUsm([], engine) };
  const long = Buffer.from('3084ffffffff020101', 'hex');
  expect(openMessage(long, door, 0)).toEqual({ kind: 'bad', why: new BadMessage('cut short').message });
});
