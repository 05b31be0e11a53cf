import { expect, test } from 'vitest';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import type { SnmpSession } from '../../../../agent/snmp/client/session.ts';
import { defineProfile } from '../../../../agent/snmp/profile.ts';
import { readDevice } from '../../../../agent/snmp/read/read-device.ts';
import type { SnmpValue } from '../../../../agent/snmp/value.ts';
import { type Answers, snapshotOf } from '../read-snapshot.ts';

const T = '1.3.6.1.4.1.9999.1';
const BOUNDS = { rowsPerColumn: 10, values: 1000, durationMs: 1000 };
const SYSTEM = { '1.3.6.1.2.1.1.1.0': 'A box', '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.9999.7' };

const fan = defineProfile({
  name: 'fan',
  title: 'Fan',
  match: [{ sysObjectID: '1.3.6.1.4.1.9999', has: { oid: `${T}.1` } }],
  sensors: [{ kind: 'fanspeed', name: `{${T}.2}`, value: `${T}.1` }],
});
const other = defineProfile({
  name: 'other',
  title: 'Other',
  match: [{ sysObjectID: '1.3.6.1.4.1.1' }],
  cpu: [{ name: 'CPU', used: `${T}.50` }],
});
const ram = defineProfile({
  name: 'ram',
  title: 'RAM',
  match: 'any',
  rank: 0,
  memory: [{ name: 'RAM', percent: `${T}.9.0` }],
});
const FANS = { [`${T}.1.1`]: 3000, [`${T}.2.1`]: 'Left', [`${T}.9.0`]: 40, [`${T}.50.1`]: 5 };

/** A device of these answers that writes down what it is asked; `refuses` fails its part. */
function device(answers: Answers, refuses: (oid: string) => SnmpFault | undefined = () => undefined) {
  const snapshot = snapshotOf(answers);
  const asked: string[] = [];
  const hear = (oids: readonly string[]) => {
    for (const oid of oids) {
      const fault = refuses(oid);
      if (fault) throw fault;
      asked.push(oid);
    }
  };
  const session: Pick<SnmpSession, 'get' | 'walk' | 'engine'> = {
    async get(oids) {
      hear(oids);
      return new Map(oids.flatMap((oid) => entry(oid, snapshot.get(oid))));
    },
    async walk(columns, _bounds, _signal, into = new Map()) {
      for (const column of columns) {
        hear([column]);
        for (const { oid, value } of snapshot.rows(column)) into.set(oid, value);
      }
      return { values: into, faults: [] };
    },
    engine: () => undefined,
  };
  return { session, asked };
}

const entry = (oid: string, value: SnmpValue | undefined): [string, SnmpValue][] => (value ? [[oid, value]] : []);
const options = { profiles: [fan, other, ram], bounds: BOUNDS, now: () => 0 };

test('a device is asked what it is, and then what the profiles of such a device want to know, nothing twice', async () => {
  const { session, asked } = device({ ...SYSTEM, ...FANS });
  const { reading, faults } = await readDevice(session, options);
  expect(faults).toEqual([]);
  expect(reading.profiles).toEqual(['fan', 'ram']);
  expect(reading.sensors).toMatchObject([{ name: 'Left', value: 3000 }]);
  expect(reading.memory).toMatchObject([{ usedPercent: 40 }]);
  expect(asked).not.toContain(`${T}.50`);
  expect(asked.filter((oid) => oid.endsWith('.0'))).toEqual([...new Set(asked.filter((oid) => oid.endsWith('.0')))]);
});

test('a part that fails is named, and the others are read', async () => {
  const silent = new SnmpFault('wrong-answer', 'box:161');
  const { session } = device({ ...SYSTEM, ...FANS }, (oid) => (oid === `${T}.2` ? silent : undefined));
  const { reading, faults } = await readDevice(session, options);
  expect(faults).toEqual([{ part: 'fan', fault: silent }]);
  expect(reading.identity.description).toBe('A box');
  expect(reading.memory).toHaveLength(1);
});

test('what was told before the device was gone stands, and it is not asked part by part', async () => {
  const gone = new SnmpFault('timeout', 'box:161');
  const { session } = device({ ...SYSTEM, ...FANS }, (oid) => (oid === `${T}.2` ? gone : undefined));
  let walks = 0;
  const walk: SnmpSession['walk'] = (columns, bounds, signal, into) => {
    walks++;
    return session.walk(columns, bounds, signal, into);
  };
  const { faults, values } = await readDevice({ ...session, walk }, options);
  expect(values.has(`${T}.1.1`)).toBe(true);
  expect(faults).toContainEqual({ part: 'fan', fault: gone });
  expect(walks).toBeLessThanOrEqual(4);
});

test('a device that does not answer at all is a fault, not an empty reading', async () => {
  const silent = new SnmpFault('timeout', 'box:161');
  await expect(readDevice(device(SYSTEM, () => silent).session, options)).rejects.toBe(silent);
});

test('a look that is given up ends', async () => {
  const stop = AbortSignal.abort();
  const aborted = new SnmpFault('aborted', 'box:161');
  const { session } = device(SYSTEM, (oid) => (oid === `${T}.1` ? aborted : undefined));
  await expect(readDevice(session, { ...options, signal: stop })).rejects.toBe(aborted);
});

test('the bounds are those of the whole look, and no step takes more than half of what is left', async () => {
  const { session } = device({ ...SYSTEM, ...FANS });
  const given: { values: number; durationMs: number }[] = [];
  let at = 0;
  const walk: SnmpSession['walk'] = (columns, bounds, signal, into) => {
    given.push(bounds);
    at += 200;
    return session.walk(columns, bounds, signal, into);
  };
  await readDevice({ ...session, walk }, { ...options, now: () => at, bounds: { ...BOUNDS, durationMs: 900 } });
  expect(given.map(({ durationMs }) => durationMs)).toEqual([450, 350, 250, 150]);
  expect(given.at(-1)?.values).toBeLessThan(given[0]?.values ?? 0);
});

test('what is to be asked goes out together, and a column that fails is told of its part', async () => {
  const { session } = device({ ...SYSTEM, ...FANS });
  const broken = new SnmpFault('timeout', 'box:161', { oid: `${T}.2` });
  const walks: number[] = [];
  const walk: SnmpSession['walk'] = async (columns, bounds, signal, into) => {
    walks.push(columns.length);
    const told = await session.walk(columns, bounds, signal, into);
    return columns.includes(`${T}.2`) ? { ...told, faults: [broken] } : told;
  };
  const { faults } = await readDevice({ ...session, walk }, options);
  expect(faults).toEqual([{ part: 'fan', fault: broken }]);
  expect(walks).toHaveLength(4);
});

test('what is sure is asked before what is only tried', async () => {
  const { session, asked } = device({ ...SYSTEM, ...FANS });
  await readDevice(session, options);
  expect(asked.indexOf(`${T}.9.0`)).toBeLessThan(asked.indexOf(`${T}.1`));
});

test('the clock of the engine goes on where the 32 bits of the uptime have begun anew', async () => {
  const { session } = device({ ...SYSTEM, '1.3.6.1.2.1.1.3.0': ['timeticks', 100] });
  const engine = () => ({ boots: 3, time: 43_000_000 });
  expect((await readDevice({ ...session, engine }, options)).reading.uptimeS).toBe(43_000_000);
});

test('columns that had no time because of another are asked again at the end', async () => {
  const { session } = device({ ...SYSTEM, ...FANS });
  const late = new SnmpFault('too-long', 'box:161', { oid: `${T}.2` });
  let tries = 0;
  const walk: SnmpSession['walk'] = async (columns, bounds, signal, into) => {
    if (!columns.includes(`${T}.2`)) return session.walk(columns, bounds, signal, into);
    tries++;
    if (tries > 1) return session.walk(columns, bounds, signal, into);
    return { ...(await session.walk([`${T}.1`], bounds, signal, into)), faults: [late] };
  };
  const { reading, faults } = await readDevice({ ...session, walk }, options);
  expect(reading.sensors).toMatchObject([{ name: 'Left' }]);
  expect(faults).toEqual([]);
});
