import { expect, test } from 'vitest';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import type { DeviceReading } from '../../../../agent/snmp/reading.ts';
import type { TopologySession } from '../../../../agent/snmp/topology/read-topology.ts';
import { watchTopology } from '../../../../agent/snmp/topology/watch.ts';
import type { SnmpValue } from '../../../../agent/snmp/value.ts';
import { createFakeClock } from '../../fake-clock.ts';

const reading: DeviceReading = {
  identity: { kind: 'switch', name: 'sw-1' },
  interfaces: [1, 2].map((index) => ({ index, name: `p${index}`, status: 'up', isEnabled: true })),
  profiles: [],
};
const text = (value: string): SnmpValue => ({ type: 'octets', value: Buffer.from(value) });
const number = (value: number): SnmpValue => ({ type: 'integer', value });

/** A switch of two ports, polled every half minute: its neighbour on the first, one station on the second. */
function store() {
  const clock = createFakeClock();
  const told: { at: number; facts: Record<string, string> }[] = [];
  const state = { neighbour: 'core', stations: [1], fault: undefined as SnmpFault | undefined, looks: 0 };
  const session: TopologySession = {
    get: async () => {
      state.looks += 1;
      if (state.fault) throw state.fault;
      return new Map();
    },
    walk: async () => ({
      values: new Map([
        ['1.0.8802.1.1.2.1.4.1.1.5.0.1.1', text('chassis')],
        ['1.0.8802.1.1.2.1.4.1.1.9.0.1.1', text(state.neighbour)],
        ['1.3.6.1.2.1.17.1.4.1.2.2', number(2)],
        ...state.stations.map((station): [string, SnmpValue] => [
          `1.3.6.1.2.1.17.4.3.1.2.2.0.0.0.0.${station}`,
          number(2),
        ]),
      ]),
      faults: [],
    }),
    as() {
      throw new Error('it has no VLANs apart');
    },
  };
  let last = '';
  const watch = watchTopology({
    clock,
    log: () => {},
    // As the one that speaks for them does: the same again is not told.
    tell(_, facts) {
      if (JSON.stringify(facts) !== last) told.push({ at: clock.monotonicMs(), facts });
      last = JSON.stringify(facts);
    },
  });
  async function run(minutes: number, each: () => void = () => {}): Promise<void> {
    for (let poll = 0; poll < minutes * 2; poll++) {
      each();
      watch.polled('sw-1', session, reading);
      await clock.advance(30_000);
    }
  }
  return { clock, told, state, watch, session, run };
}

test('what a device is and where it stands is told as one, after the first look', async () => {
  const { told, state, run } = store();
  await run(9);
  expect(told).toEqual([
    {
      at: 0,
      facts: {
        'machine.chassis': 'switch',
        'os.hostname': 'sw-1',
        'neighbour[p1].device': 'core',
        'station[02:00:00:00:00:01].port': 'p2',
      },
    },
  ]);
  expect(state.looks).toBe(1);
});

test('stations that come and go are told once an hour, a neighbour at the next look', async () => {
  const { told, state, run } = store();
  let beat = 0;
  await run(240, () => {
    state.stations = [1, 2 + (beat++ % 90)];
  });
  expect(state.looks).toBe(24);
  expect(told.length).toBeLessThanOrEqual(4);
  state.neighbour = 'other';
  const before = told.length;
  await run(11);
  expect(told.length).toBe(before + 1);
  expect(told.at(-1)?.facts).toMatchObject({ 'neighbour[p1].device': 'other' });
});

test('a station that sleeps through the night keeps its place, one that stays away loses it', async () => {
  const { told, state, run } = store();
  await run(60);
  state.stations = [2];
  await run(60 * 12);
  expect(told.at(-1)?.facts).toHaveProperty(['station[02:00:00:00:00:01].port'], 'p2');
  await run(60 * 13);
  expect(told.at(-1)?.facts).not.toHaveProperty(['station[02:00:00:00:00:01].port']);
  expect(told.at(-1)?.facts).toHaveProperty(['station[02:00:00:00:00:02].port'], 'p2');
});

test('a look that fails takes nothing away; three first ones that fail, and the device is told of without it', async () => {
  const { told, state, run } = store();
  await run(1);
  state.fault = new SnmpFault('timeout', 'sw-1');
  await run(60);
  expect(told).toHaveLength(1);

  const other = store();
  other.state.fault = new SnmpFault('timeout', 'sw-1');
  await other.run(1);
  expect(other.told).toEqual([]);
  await other.run(1);
  expect(other.told.map(({ facts }) => facts)).toEqual([{ 'machine.chassis': 'switch', 'os.hostname': 'sw-1' }]);
});

test('no message is larger than facts may be, and neighbours come first', async () => {
  const { told, state, run } = store();
  state.stations = Array.from({ length: 16 }, (_, i) => i + 1);
  await run(1);
  expect(Object.keys(told[0]?.facts ?? {})).toHaveLength(3 + 16);
});

test('a device that is watched no more is not told of', async () => {
  const { told, watch, session, clock } = store();
  watch.polled('sw-1', session, reading);
  watch.forget('sw-1');
  await clock.advance(60_000);
  expect(told).toEqual([]);
});
