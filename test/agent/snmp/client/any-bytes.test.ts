import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../agent/clock.ts';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import { openSnmpSession } from '../../../../agent/snmp/client/session.ts';
import { createTransport } from '../../../../agent/snmp/client/transport.ts';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { type Asked, integer, response, startFakeDevice, tlv } from './fake-device.ts';

const OID = '1.3.6.1.2.1.1.3.0';
const BOUNDS = { rowsPerColumn: 20, values: 50, durationMs: 200 };

/** Any bytes, and bytes that come further: a right envelope around anything, or a right answer with a few bytes changed. */
const spoiled = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => () => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => ({ version, community, id }: Asked) => {
    const body = Buffer.concat([integer(id), Buffer.from(bytes)]);
    return tlv(0x30, Buffer.concat([integer(version), tlv(4, community), tlv(0xa2, body)]));
  }),
  fc
    .tuple(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: -1, max: 20 }), fc.integer({ min: 0, max: 3 }))
    .map(([bytes, error, index]) => (asked: Asked) => {
      const body = [integer(asked.id), integer(error), integer(index), tlv(0x30, tlv(0x30, Buffer.from(bytes)))];
      return tlv(
        0x30,
        Buffer.concat([integer(asked.version), tlv(4, asked.community), tlv(0xa2, Buffer.concat(body))]),
      );
    }),
  fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => (asked: Asked) => {
    const bytes = response(asked, [{ oid: asked.oids[0] as string, value: integer(1) }]);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes;
  }),
);

test('any bytes as an answer: a fault or a reading, in bounded time, and the next device is read', async () => {
  const transport = createTransport();
  let spoil: (asked: Asked) => Buffer = () => Buffer.alloc(0);
  const bad = await startFakeDevice((asked, { send }) => send(spoil(asked)));
  const good = await startFakeDevice((asked, { send }) => send(response(asked, [{ oid: OID, value: integer(7) }])));
  const open = (port: number) =>
    openSnmpSession(
      {
        host: '127.0.0.1',
        port,
        version: '2c',
        credentials: () => ({ version: '2c', community: 'Geheim-7' }),
        timeoutMs: 4,
        retries: 0,
      },
      { transport, clock: systemClock },
    );
  const healthy = open(good.port);
  await fc.assert(
    fc.asyncProperty(spoiled, fc.boolean(), async (bytes, isWalk) => {
      spoil = bytes;
      const session = open(bad.port);
      try {
        await (isWalk ? session.walk(['1.3.6.1.2.1.1'], BOUNDS) : session.get([OID]));
      } catch (error) {
        expect(error).toBeInstanceOf(SnmpFault);
      } finally {
        session.close();
      }
    }),
    { numRuns: 300, seed: 7 },
  );
  expect((await healthy.get([OID])).get(OID)?.value).toBe(7);
  healthy.close();
  for (const device of [bad, good]) device.close();
  expect(transport.sockets()).toBe(0);
});

/** Version 3, where the bytes are checked, deciphered and answered with further questions. */
const USERS: Secrets[] = [
  { version: 3, user: 'u' },
  { version: 3, user: 'u', auth: { protocol: 'sha256', password: 'auth-geheim' } },
  {
    version: 3,
    user: 'u',
    auth: { protocol: 'sha256', password: 'auth-geheim' },
    priv: { protocol: 'aes128', password: 'priv-geheim' },
  },
];

interface Spoiled {
  flags: number;
  pdu: number;
  boots: number;
  usm: number;
  tail: Uint8Array;
}
const REPORT = 0xa8;

/** Answers every message of version 3 with one of these. */
async function startForger() {
  const socket = createSocket('udp4');
  const forger = {
    asked: 0,
    says: { flags: 0, pdu: REPORT, boots: 0, usm: 1, tail: new Uint8Array() } as Spoiled,
    port: 0,
    close: () => socket.close(),
  };
  socket.on('message', (bytes, from) => {
    forger.asked++;
    socket.send(message(idOf(bytes), forger.says), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  forger.port = socket.address().port;
  return forger;
}

async function ask(port: number, secrets: Secrets, timeoutMs: number): Promise<unknown> {
  const transport = createTransport();
  const target = {
    host: '127.0.0.1',
    port,
    version: secrets.version,
    credentials: () => secrets,
    timeoutMs,
    retries: 0,
  };
  const session = openSnmpSession(target, { transport, clock: systemClock });
  try {
    return await session.get([OID]);
  } catch (error) {
    return error;
  } finally {
    session.close();
  }
}

test('any report and any message of version 3: a fault without secrets, in a bounded number of requests', async () => {
  const forger = await startForger();
  const spoiledV3 = fc.record({
    flags: fc.integer({ min: 0, max: 7 }),
    pdu: fc.constantFrom(REPORT, 0xa2, 0xa7),
    boots: fc.integer({ min: 0, max: 2 }),
    usm: fc.integer({ min: 0, max: 7 }),
    tail: fc.uint8Array({ maxLength: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...USERS), spoiledV3, async (secrets, says) => {
      Object.assign(forger, { asked: 0, says });
      const told = await ask(forger.port, secrets, 4);
      if (!(told instanceof Map)) expect(told).toBeInstanceOf(SnmpFault);
      expect(inspect(told, { depth: 20, showHidden: true })).not.toContain('geheim');
      expect(forger.asked).toBeLessThanOrEqual(9);
    }),
    { numRuns: 200, seed: 7 },
  );
  forger.close();
});

test('an answer over which the library falls is a fault at once, and none of the process', async () => {
  const forger = await startForger();
  // Signed for a user who signs nothing: the library looks for a key that is not there.
  forger.says = { ...forger.says, flags: 1 };
  expect(await ask(forger.port, USERS[0] as Secrets, 60_000)).toMatchObject({ kind: 'wrong-answer' });
  forger.close();
});

test('a wrong signature is a fault that holds neither signature nor password', async () => {
  const forger = await startForger();
  forger.says = { ...forger.says, flags: 1 };
  const fault = await ask(forger.port, USERS[1] as Secrets, 60_000);
  expect(fault).toMatchObject({ kind: 'unauthentic' });
  expect(inspect(fault, { depth: 20, showHidden: true })).not.toMatch(/geheim|digest/i);
  forger.close();
});

/** The message's id stands behind the version and the header's tag. */
function idOf(bytes: Buffer): number {
  const header = bytes.indexOf(Buffer.from([2, 1, 3, 0x30])) + 5;
  return bytes.readUIntBE(header + 2, bytes[header + 1] as number);
}

function message(id: number, { flags, pdu, boots, usm, tail: bytes }: Spoiled): Buffer {
  const tail = Buffer.from(bytes);
  const octets = (bytes: Buffer) => tlv(4, bytes);
  const header = tlv(0x30, Buffer.concat([integer(id), integer(65_507), octets(Buffer.from([flags])), integer(3)]));
  const engine = octets(Buffer.from('8000000001', 'hex'));
  const signature = octets(Buffer.alloc(flags & 1 ? 24 : 0));
  const security = [engine, integer(boots), integer(0), octets(Buffer.from('u')), signature, octets(Buffer.alloc(8))];
  const stats = tlv(6, Buffer.from([0x2b, 6, 1, 6, 3, 15, 1, 1, usm, 0]));
  const varbinds = tlv(0x30, tlv(0x30, Buffer.concat([stats, integer(1)])));
  const body = tlv(pdu, Buffer.concat([integer(id), integer(0), integer(0), varbinds]));
  const scoped = tlv(0x30, Buffer.concat([engine, octets(Buffer.alloc(0)), body, tail]));
  return tlv(
    0x30,
    Buffer.concat([integer(3), header, octets(tlv(0x30, Buffer.concat(security))), flags & 2 ? octets(tail) : scoped]),
  );
}
