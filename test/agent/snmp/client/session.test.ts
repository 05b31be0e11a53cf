import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../agent/clock.ts';
import type { SnmpTarget } from '../../../../agent/snmp/client/connection.ts';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import { openSnmpSession, type SnmpSession } from '../../../../agent/snmp/client/session.ts';
import { createTransport, type SnmpTransport } from '../../../../agent/snmp/client/transport.ts';
import type { SnmpValue } from '../../../../agent/snmp/value.ts';
import { END, type FakeDevice, integer, mib, type Reply, response, startFakeDevice, tlv } from './fake-device.ts';

const COMMUNITY = 'Geheim-7';
const BOUNDS = { rowsPerColumn: 1000, values: 10_000, durationMs: 5000 };
const UPTIME = '1.3.6.1.2.1.1.3.0';

let transport: SnmpTransport;
let open: SnmpSession[];
let devices: FakeDevice[];
beforeEach(() => {
  transport = createTransport();
  open = [];
  devices = [];
});
afterEach(() => {
  for (const session of open) session.close();
  for (const device of devices) device.close();
  expect(transport.sockets()).toBe(0);
});

async function given(
  reply: Reply,
  target: Partial<SnmpTarget> = {},
  clock = systemClock,
): Promise<[SnmpSession, FakeDevice]> {
  const device = await startFakeDevice(reply);
  devices.push(device);
  const version = target.version === 1 ? 1 : '2c';
  const session = openSnmpSession(
    {
      host: '127.0.0.1',
      port: device.port,
      version,
      credentials: () => ({ version, community: COMMUNITY }),
      timeoutMs: 40,
      retries: 0,
      ...target,
    },
    { transport, clock },
  );
  open.push(session);
  return [session, device];
}

const column = (base: string, rows: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: rows }, (_, at) => [`${base}.${at + 1}`, at]));
const faultOf = async (asked: Promise<unknown>): Promise<SnmpFault> => {
  const fault = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(SnmpFault);
  return fault as SnmpFault;
};
const sizes = ({ asked }: FakeDevice) => asked.map(({ oids }) => oids.length);

describe('get', () => {
  const SCALARS = column('1.3.6.1.4.1.9', 100);
  const OIDS = Object.keys(SCALARS);

  test('reads values, leaves out what is not there, and asks modestly at first, and for more as that is answered', async () => {
    const [session, device] = await given(mib(SCALARS));
    const values = await session.get([...OIDS, '1.3.6.1.4.1.10.1.0']);
    expect([...values.keys()]).toEqual(OIDS);
    expect(values.get('1.3.6.1.4.1.9.7')).toEqual({ type: 'integer', value: 6 });
    expect(sizes(device)).toEqual([1, 20, 20, 30, 30]);
  });

  test('version 1: one missing OID fails a request, the others are still read, in a bounded number of requests', async () => {
    const [session, device] = await given(mib(SCALARS), { version: 1 });
    const missing = ['1.3.6.1.4.1.10.1.0', '1.3.6.1.4.1.10.2.0'];
    const values = await session.get([...OIDS.slice(0, 19), ...missing, ...OIDS.slice(19, 38)]);
    expect(values.size).toBe(38);
    expect(device.asked.length).toBeLessThanOrEqual(2 * 40);
  });

  test('tooBig halves the request, remembers the size, and grows slowly', async () => {
    const [session, device] = await given(
      mib(SCALARS, ({ oids }, told) => (oids.length > 12 ? { error: 1, index: 0 } : told)),
    );
    expect((await session.get(OIDS)).size).toBe(100);
    expect(sizes(device).slice(0, 4)).toEqual([1, 20, 10, 10]);
    const before = device.asked.length;
    expect((await session.get(OIDS)).size).toBe(100);
    expect(Math.max(...sizes(device).slice(before))).toBeLessThanOrEqual(13);
    expect(sizes(device).slice(before)[0]).toBe(10);
  });

  test('a device that is silent on large requests only is asked in smaller ones', async () => {
    const answer = mib(SCALARS);
    const [session] = await given((asked, to) => (asked.oids.length > 10 ? undefined : answer(asked, to)));
    expect((await session.get(OIDS.slice(0, 40))).size).toBe(40);
  });

  test('an OID on which the device falls silent costs its timeouts once, then it is left alone for a while', async () => {
    const answer = mib(SCALARS);
    const bad = OIDS[5] as string;
    let passedMs = 0;
    const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + passedMs };
    const [session, device] = await given(
      (asked, to) => (asked.oids.includes(bad) ? undefined : answer(asked, to)),
      { timeoutMs: 15 },
      clock,
    );
    const asksForIt = () => device.asked.filter(({ oids }) => oids.includes(bad)).length;
    expect((await session.get(OIDS.slice(0, 40))).size).toBe(39);
    expect(asksForIt()).toBe(2);
    expect((await session.get(OIDS.slice(0, 40))).size).toBe(39);
    expect(await faultOf(session.get([bad]))).toMatchObject({ kind: 'timeout', oid: bad });
    expect(asksForIt()).toBe(2);
    passedMs += 6 * 60_000;
    expect((await session.get(OIDS.slice(0, 40))).size).toBe(39);
    expect(asksForIt()).toBe(4);
    passedMs += 6 * 60_000;
    expect((await session.get(OIDS.slice(0, 40))).size).toBe(39);
    expect(asksForIt()).toBe(4);
  });

  test('genErr for one OID leaves that one out; for all of them it is the fault', async () => {
    const bad = OIDS[5] as string;
    const spoil: Parameters<typeof mib>[1] = ({ oids }, told) => (oids.includes(bad) ? { error: 5, index: 1 } : told);
    const [session] = await given(mib(SCALARS, spoil));
    expect((await session.get(OIDS.slice(0, 20))).size).toBe(19);
    const fault = await faultOf(session.get([bad]));
    expect(fault).toMatchObject({ kind: 'device-error', oid: bad });
  });

  test('a silent device is one timeout, not one for each batch', async () => {
    const [session, device] = await given(() => undefined, { retries: 2 });
    const fault = await faultOf(session.get(OIDS));
    expect(fault.kind).toBe('timeout');
    expect(fault.message).toContain(`127.0.0.1:${device.port}`);
    expect(sizes(device)).toEqual([1, 1, 1]);
  });

  test('an answer for other OIDs is refused, naming device and OID', async () => {
    const [session, device] = await given(
      mib(SCALARS, (_, told) => told.map((one) => ({ ...one, oid: '1.3.6.1.9.9' }))),
    );
    const fault = await faultOf(session.get([UPTIME]));
    expect(fault).toMatchObject({ kind: 'wrong-answer', oid: UPTIME, device: `127.0.0.1:${device.port}` });
    expect(fault.message).toContain(UPTIME);
  });

  test.for([
    ['too few', (told: unknown[]) => told.slice(1)],
    ['too many', (told: unknown[]) => [...told, told[0]]],
  ] as const)('%s values are refused', async ([, change]) => {
    const [session] = await given(mib(SCALARS, (_, told) => change(told) as typeof told));
    expect((await faultOf(session.get(OIDS.slice(0, 1)))).kind).toBe('wrong-answer');
  });

  test.for<[string, Reply]>([
    [
      'another id',
      (asked, { send }) => send(response({ ...asked, id: asked.id ^ 1 }, [{ oid: UPTIME, value: integer(666) }])),
    ],
    [
      'another community',
      (asked, { send }) =>
        send(response({ ...asked, community: Buffer.from('x') }, [{ oid: UPTIME, value: integer(666) }])),
    ],
    [
      'another version',
      (asked, { send }) => send(response({ ...asked, version: 0 }, [{ oid: UPTIME, value: integer(666) }])),
    ],
    ['a request', (asked, { send }) => send(asked.bytes)],
    ['a trap', (asked, { send }) => send(response(asked, [{ oid: UPTIME, value: integer(666) }], { pdu: 0xa7 }))],
    ['version 3 with the same id', (asked, { send }) => send(crafted(asked.id, 3))],
    ['a report with the same id', (asked, { send }) => send(crafted(asked.id, 0))],
    ['nothing but noise', (_, { send }) => send(Buffer.from([0x30, 0x82, 0xff, 0xff, 2, 1]))],
    ['an empty datagram', (_, { send }) => send(Buffer.alloc(0))],
    [
      'a truncated answer',
      (asked, { send }) => send(response(asked, [{ oid: UPTIME, value: integer(666) }]).subarray(0, -3)),
    ],
  ])('%s is ignored: the right answer behind it counts', async ([, spoil]) => {
    const right = mib({ [UPTIME]: 7 });
    const [session] = await given((asked, to) => {
      spoil(asked, to);
      right(asked, to);
      right(asked, to);
    });
    expect((await session.get([UPTIME])).get(UPTIME)?.value).toBe(7);
    expect((await session.get([UPTIME])).get(UPTIME)?.value).toBe(7);
  });

  test('an answer from another port, with the right id and community, is ignored', async () => {
    const other = createSocket('udp4');
    const [session] = await given((asked, { from }) => {
      other.send(response(asked, [{ oid: UPTIME, value: integer(666) }]), from.port, from.address);
    });
    expect((await faultOf(session.get([UPTIME]))).kind).toBe('timeout');
    other.close();
  });

  test('a name that leads nowhere is the fault', async () => {
    const [session] = await given(mib({}), { host: 'nirgends.invalid' });
    const fault = await faultOf(session.get([UPTIME]));
    expect(fault.kind).toBe('unreachable');
    expect(fault.message).toContain('nirgends.invalid');
  });

  test('asks one request at a time, whoever asks', async () => {
    let [now, most] = [0, 0];
    const answer = mib(SCALARS);
    const [session] = await given((asked, to) => {
      most = Math.max(most, ++now);
      setImmediate(() => {
        now--;
        answer(asked, to);
      });
    });
    await Promise.all([session.get(OIDS), session.walk(['1.3.6.1.4.1.9'], BOUNDS), session.get(OIDS)]);
    expect(most).toBe(1);
  });

  test('giving up ends the request at once, and the session still serves', async () => {
    let isSilent = true;
    const answer = mib({ [UPTIME]: 7 });
    const [session] = await given((asked, to) => (isSilent ? undefined : answer(asked, to)), { timeoutMs: 60_000 });
    const giveUp = new AbortController();
    const asked = session.get([UPTIME], giveUp.signal);
    setImmediate(() => giveUp.abort());
    expect((await faultOf(asked)).kind).toBe('aborted');
    isSilent = false;
    expect((await session.get([UPTIME])).size).toBe(1);
  });

  test('closing ends what is under way and what waits', async () => {
    const [session] = await given(() => undefined, { timeoutMs: 60_000 });
    const asked = [faultOf(session.get([UPTIME])), faultOf(session.get([UPTIME]))];
    setImmediate(() => session.close());
    expect((await Promise.all(asked)).map(({ kind }) => kind)).toEqual(['closed', 'closed']);
    expect((await faultOf(session.get([UPTIME]))).kind).toBe('closed');
  });

  test('credentials that cannot be read are the fault, and nothing is sent', async () => {
    const [session, device] = await given(mib({}), {
      credentials: () => {
        throw new Error('credential public: /etc/x is empty');
      },
    });
    const fault = await faultOf(session.get([UPTIME]));
    expect(fault.kind).toBe('credentials');
    expect(fault.message).toContain('/etc/x');
    expect(device.asked).toEqual([]);
  });

  test('no fault tells the community', async () => {
    const [session] = await given(mib(SCALARS, (_, told) => told.slice(1)));
    const fault = await faultOf(session.get([UPTIME]));
    expect(JSON.stringify(fault) + fault.stack + fault.words.fr).not.toContain(COMMUNITY);
    expect(fault.cause).toBeUndefined();
  });

  test('all devices share one socket', async () => {
    const answer = mib({ [UPTIME]: 7 });
    const more = await Promise.all(Array.from({ length: 20 }, () => given(answer)));
    await Promise.all(more.map(([session]) => session.get([UPTIME])));
    expect(transport.sockets()).toBe(1);
  });
});

describe('walk', () => {
  const A = '1.3.6.1.2.1.2.2.1.2';
  const B = '1.3.6.1.2.1.2.2.1.10';
  const EMPTY = '1.3.6.1.2.1.2.2.1.99';
  const TABLE = { [UPTIME]: 1, ...column(A, 48), ...column(B, 48), '1.3.6.1.2.1.3.1.0': 5 };

  test.for([1, '2c'] as const)('version %s: reads columns to their ends', async (version) => {
    const [session, device] = await given(mib(TABLE), { version });
    const { values, faults } = await session.walk([A, B, EMPTY], BOUNDS);
    expect(faults).toEqual([]);
    expect([...values.keys()].sort()).toEqual([...Object.keys(column(A, 48)), ...Object.keys(column(B, 48))].sort());
    expect(device.asked.some(({ pdu }) => pdu === 0xa5)).toBe(version === '2c');
    if (version === '2c') expect(device.asked.length).toBeLessThan(12);
  });

  test('the last column of all comes to its end', async () => {
    for (const version of [1, '2c'] as const) {
      const [session] = await given(mib(column(A, 3)), { version });
      const { values, faults } = await session.walk([A, EMPTY], BOUNDS);
      expect([values.size, faults]).toEqual([3, []]);
    }
  });

  test('an empty column costs one request', async () => {
    const [session, device] = await given(mib(TABLE));
    await session.walk([EMPTY], BOUNDS);
    expect(device.asked.length).toBe(1);
  });

  test('a walk that goes back ends with a fault, the other columns are read', async () => {
    const [session] = await given(
      mib(TABLE, (_, told) => told.map((one) => (one.oid === `${A}.7` ? { ...one, oid: `${A}.3` } : one))),
    );
    const { values, faults } = await session.walk([A, B], BOUNDS);
    expect(faults).toMatchObject([{ kind: 'looping', oid: A }]);
    expect([...values.keys()].filter((oid) => oid.startsWith(`${B}.`)).length).toBe(48);
    expect(values.has(`${A}.6`)).toBe(true);
  });

  test('a device that repeats itself for ever is left after a few requests', async () => {
    const [session, device] = await given(mib(TABLE, (_, told) => told.map((one) => ({ ...one, oid: `${A}.1` }))));
    expect((await session.walk([A], BOUNDS)).faults).toMatchObject([{ kind: 'looping', oid: A }]);
    expect(device.asked.length).toBeLessThan(6);
  });

  test('GETBULK that is never answered gives way to GETNEXT, for good', async () => {
    const answer = mib(TABLE);
    const [session, device] = await given((asked, to) => (asked.pdu === 0xa5 ? undefined : answer(asked, to)), {
      timeoutMs: 15,
    });
    expect((await session.walk([A, B], BOUNDS)).values.size).toBe(96);
    const bulk = () => device.asked.filter(({ pdu }) => pdu === 0xa5).length;
    const tried = bulk();
    expect(tried).toBeLessThanOrEqual(3);
    await session.walk([A, B], BOUNDS);
    expect(bulk()).toBe(tried);
  });

  test('GETBULK that answers nonsense gives way to GETNEXT', async () => {
    const [session] = await given(
      mib(TABLE, ({ pdu, oids }, told) => (pdu === 0xa5 ? oids.map((oid) => ({ oid, value: integer(0) })) : told)),
    );
    const { values, faults } = await session.walk([A, B], BOUNDS);
    expect([values.size, faults]).toEqual([96, []]);
  });

  test('an answer cut in the middle of a row goes on where it ended', async () => {
    const [session] = await given(mib(TABLE, ({ pdu }, told) => (pdu === 0xa5 ? told.slice(0, 3) : told)));
    const { values, faults } = await session.walk([A, B, EMPTY, `${A}0`], BOUNDS);
    expect([values.size, faults]).toEqual([96, []]);
  });

  test('one column that answers genErr, or not at all, does not spoil the others', async () => {
    for (const isSilent of [false, true]) {
      const answer = mib(TABLE, ({ oids }, told) =>
        !isSilent && oids.some((oid) => oid.startsWith(A)) ? { error: 5, index: 1 } : told,
      );
      const [session] = await given(
        (asked, to) => (isSilent && asked.oids.some((oid) => oid.startsWith(A)) ? undefined : answer(asked, to)),
        { timeoutMs: 15 },
      );
      await session.get([UPTIME]);
      const { values, faults } = await session.walk([A, B], BOUNDS);
      expect(values.size).toBe(48);
      expect(faults).toMatchObject([{ kind: isSilent ? 'timeout' : 'device-error', oid: A }]);
    }
  });

  test('a row on which the device falls silent ends its column there, once and for a while; the others are whole', async () => {
    const answer = mib(TABLE);
    const spoilt = Buffer.from([0x2b, 6, 1, 2, 1, 2, 2, 1, 2, 41]);
    const [session, device] = await given(
      (asked, to) => {
        const send = (bytes: Buffer) => (bytes.includes(spoilt) ? undefined : to.send(bytes));
        answer(asked, { ...to, send });
      },
      { timeoutMs: 15 },
    );
    for (const round of [1, 2]) {
      const before = device.asked.length;
      const { values, faults } = await session.walk([A, B], BOUNDS);
      expect(faults).toMatchObject([{ kind: 'timeout', oid: A }]);
      expect([values.has(`${A}.40`), values.has(`${A}.41`), values.size]).toEqual([true, false, 88]);
      const told = device.asked.slice(before);
      // The second time it is not asked what comes after the last row that was answered.
      expect(told.some(({ oids }) => oids.includes(`${A}.40`))).toBe(round === 1);
    }
  });

  test('of a table only the lowest column is asked for where the table is not there', async () => {
    const T = '1.3.6.1.4.1.9.1.1';
    const [session, device] = await given(mib(TABLE));
    await session.walk([A], BOUNDS);
    const before = device.asked.length;
    const wanted = Array.from({ length: 30 }, (_, at) => `${T}.${at + 2}`);
    expect((await session.walk([...wanted].reverse(), BOUNDS)).values.size).toBe(0);
    expect(device.asked.slice(before).map(({ oids }) => oids)).toEqual([[`${T}.2`]]);
  });

  test('of a table with gaps every column that is there is read', async () => {
    const T = '1.3.6.1.4.1.9.1.1';
    const rows = { ...column(`${T}.4`, 3), ...column(`${T}.7`, 3), ...column(`${T}.70`, 3) };
    const [session] = await given(mib({ ...TABLE, ...rows }));
    const wanted = [2, 3, 4, 5, 7, 8, 70].map((one) => `${T}.${one}`);
    const { values, faults } = await session.walk(wanted, BOUNDS);
    expect([[...values.keys()].sort(), faults]).toEqual([Object.keys(rows).sort(), []]);
  });

  test('a column without end is cut at its bounds: rows, values, time', async () => {
    const endless: Reply = (asked, { send }) => {
      const repetitions = asked.pdu === 0xa5 ? asked.repetitions : 1;
      let at = asked.oids;
      const told = [];
      for (let row = 0; row < repetitions; row++) {
        at = at.map((oid) => (oid === A ? `${A}.1` : `${A}.${Number(oid.split('.').at(-1)) + 1}`));
        told.push(...at.map((oid) => ({ oid, value: integer(1) })));
      }
      send(response(asked, told));
    };
    const [session] = await given(endless);
    const rows = await session.walk([A], { ...BOUNDS, rowsPerColumn: 100 });
    expect([rows.values.size, rows.faults[0]?.kind]).toEqual([100, 'too-many-rows']);
    const values = await session.walk([A], { ...BOUNDS, values: 50 });
    expect([values.values.size, values.faults[0]?.kind]).toEqual([50, 'too-many-values']);
    const late = await session.walk([A], { ...BOUNDS, rowsPerColumn: 1e9, values: 1e9, durationMs: 10 });
    expect(late.faults[0]).toMatchObject({ kind: 'too-long', oid: A });
  });

  test('a device that falls silent on the way fails the walk', async () => {
    const answer = mib(TABLE);
    let left = 2;
    const [session] = await given((asked, to) => (left-- > 0 ? answer(asked, to) : undefined), { timeoutMs: 15 });
    const told = new Map<string, SnmpValue>();
    expect((await faultOf(session.walk([A, B], BOUNDS, undefined, told))).kind).toBe('timeout');
    expect(told.has(`${A}.1`)).toBe(true);
  });

  test('endOfMibView in a GETBULK ends the column', async () => {
    const [session] = await given(
      mib(TABLE, (_, told) => told.map((one) => (one.oid.startsWith(`${A}.`) ? one : { ...one, value: END }))),
    );
    expect((await session.walk([A], BOUNDS)).values.size).toBe(48);
  });
});

describe('the same device under other secrets', () => {
  test('bears them, takes its turn, and ends with the first', async () => {
    const answer = mib({ [UPTIME]: 7 });
    let underWay = 0;
    let most = 0;
    const [session, device] = await given((asked, to) => {
      most = Math.max(most, ++underWay);
      setImmediate(() => {
        underWay--;
        answer(asked, to);
      });
    });
    const vlan = session.as((own) => ({ ...own, community: `${COMMUNITY}@10` }));
    const told = await Promise.all([session, vlan, session].map((each) => each.get([UPTIME])));
    expect(told.map((values) => values.size)).toEqual([1, 1, 1]);
    expect(device.asked.map(({ community }) => String(community))).toEqual([COMMUNITY, `${COMMUNITY}@10`, COMMUNITY]);
    expect(most).toBe(1);
    vlan.close();
    expect((await session.get([UPTIME])).size).toBe(1);
    const another = session.as((own) => own);
    session.close();
    expect((await faultOf(another.get([UPTIME]))).kind).toBe('closed');
  });
});

/** A message of version 3 that no one signed: security flags as given, a report inside. */
function crafted(id: number, flags: number): Buffer {
  const header = tlv(0x30, Buffer.concat([integer(id), integer(65_507), tlv(4, Buffer.from([flags])), integer(3)]));
  const empty = tlv(4, Buffer.alloc(0));
  const security = tlv(
    4,
    tlv(0x30, Buffer.concat([tlv(4, Buffer.from('8000000001', 'hex')), integer(1), integer(1), empty, empty, empty])),
  );
  const report = tlv(0xa8, Buffer.concat([integer(id), integer(0), integer(0), tlv(0x30, Buffer.alloc(0))]));
  const scoped = tlv(0x30, Buffer.concat([empty, empty, report]));
  return tlv(0x30, Buffer.concat([integer(3), header, security, scoped]));
}
