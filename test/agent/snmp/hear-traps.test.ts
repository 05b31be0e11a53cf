import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hearTraps } from '../../../agent/snmp/hear-traps.ts';
import type { SnmpDevice } from '../../../agent/snmp/options.ts';
import { profiles } from '../../../agent/snmp/profiles/registry.gen.ts';
import type { DeviceReading } from '../../../agent/snmp/reading.ts';
import { sayIn } from '../../../agent/words.ts';
import type { DeviceEvent } from '../../../protocol/events.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { createFakeClock } from '../fake-clock.ts';
import { datagram, notification } from './traps/datagrams.ts';

const COLD_START = '1.3.6.1.6.3.1.1.5.1';
const ON_BATTERY = '1.3.6.1.2.1.33.2.1';
const MINUTES_LEFT = '1.3.6.1.2.1.33.1.2.3.0';
const CHECK = 'trap:upsTrapOnBattery';
const UNREAD: DeviceReading = { identity: {}, profiles: [] };
const ON_MAINS: DeviceReading = {
  ...UNREAD,
  sensors: [{ kind: 'state', name: 'x', unit: '', oid: '1.3.6.1.2.1.33.1.4.1.0', value: 3, status: 'ok' }],
};

/** A UPS on the loopback, whose traps are heard. */
async function hearing() {
  const dataDir = mkdtempSync(join(tmpdir(), 'vigie-hear-'));
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const free = createSocket('udp4');
  free.bind(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address();
  free.close();
  await once(free, 'close');
  const clock = createFakeClock();
  const device: SnmpDevice = {
    ...{ name: 'ups', host: '127.0.0.1', port: 161, credential: 'public', everyS: 30, timeoutMs: 1000 },
    ...{ uplinks: [], ignore: [] },
  } as SnmpDevice;
  const told: [device: string, events: readonly DeviceEvent[], statuses: readonly CheckStatus[]][] = [];
  const state = { isThere: true, isListening: false, woken: 0 };
  const traps = hearTraps({
    options: {
      maxInFlight: 1,
      credentials: { public: { version: '2c', communityEnv: 'COMMUNITY' } },
      traps: { host: '127.0.0.1', port, credentials: ['public'] },
      devices: [device],
    },
    ...{ self: 'gateway', dataDir, env: { COMMUNITY: 'public' }, profiles, profilesOf: () => [], clock },
    log: (_, message) => {
      if (message === 'SNMP notifications are received') state.isListening = true;
    },
    say: sayIn('en'),
    tell: (name, events, statuses) => {
      if (name === 'ups') told.push([name, events, statuses]);
    },
    isThere: () => state.isThere,
    wake: () => state.woken++,
  });
  onTestFinished(async () => {
    socket.close();
    await traps.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  await until(() => state.isListening);
  /** Resolves when they were heard: the last of them is another than all before. */
  async function send(oid: string, values: Readonly<Record<string, number>> = {}): Promise<void> {
    const before = state.woken;
    socket.send(datagram('public', notification(oid, values)), port, '127.0.0.1');
    await until(() => state.woken > before);
  }
  return { traps, told, clock, state, send };
}

test('of each check the last status is told, once, and at the end what is still gathered', async () => {
  const { traps, told, send } = await hearing();
  await send(ON_BATTERY, { [MINUTES_LEFT]: 9 });
  await send(ON_BATTERY, { [MINUTES_LEFT]: 8 });
  expect(told).toEqual([]);
  await traps.stop();
  expect(told).toHaveLength(1);
  expect(told[0]?.[1]).toHaveLength(2);
  expect(told[0]?.[2]).toEqual([{ check: CHECK, status: 'warning', text: 'UPS on battery, minutes left: 8' }]);
});

test('only a poll that began after the trap takes back what it says, and each one after it says so again', async () => {
  const { traps, clock, send } = await hearing();
  await clock.advance(60_000);
  await send(ON_BATTERY);
  const beganMs = clock.monotonicMs();
  await clock.advance(2000);
  expect(traps.standing('ups', ON_MAINS, beganMs - 500)).toMatchObject([{ check: CHECK, status: 'warning' }]);
  expect(traps.standing('ups', ON_MAINS)).toMatchObject([{ check: CHECK, status: 'warning' }]);
  expect(traps.standing('ups', ON_MAINS, beganMs + 1)).toEqual([{ check: CHECK, status: 'ok' }]);
  expect(traps.standing('ups', UNREAD)).toEqual([{ check: CHECK, status: 'ok' }]);
});

test('what only the time tells of a device that is not there waits until it is; a trap that just came does not', async () => {
  const { traps, told, clock, state, send } = await hearing();
  await send(ON_BATTERY);
  await clock.advance(1000);
  state.isThere = false;
  await send(COLD_START);
  await clock.advance(1000);
  expect(told).toHaveLength(2);
  await clock.advance(3_700_000);
  expect(told).toHaveLength(2);
  state.isThere = true;
  traps.standing('ups', UNREAD);
  await clock.advance(100);
  expect(told).toHaveLength(3);
  expect(told[2]?.[2]).toEqual([{ check: CHECK, status: 'ok' }]);
});
