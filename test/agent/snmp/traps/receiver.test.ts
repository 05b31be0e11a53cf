import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../agent/clock.ts';
import { PDU, readMessage } from '../../../../agent/snmp/traps/message.ts';
import { startTrapReceiver } from '../../../../agent/snmp/traps/receiver.ts';
import { sayIn } from '../../../../agent/words.ts';
import { datagram, notification, notificationV1, TRAP_ADDRESS } from './datagrams.ts';
import { listening } from './start-receiver.ts';

const COLD_START = '1.3.6.1.6.3.1.1.5.1';
const ON_BATTERY = '1.3.6.1.2.1.33.2.1';
const ELSEWHERE = [{ name: 'printer', addresses: ['10.9.8.7'] }];

test('a trap becomes an event of its device, and its device is looked at; what it raises is told at once', async () => {
  const { send, until, events, woken, statuses, receiver } = await listening();
  send(datagram('public', notification(ON_BATTERY, { '1.3.6.1.2.1.33.1.2.3.0': 12 })));
  await until(() => events.length > 0);
  expect(events).toMatchObject([['switch', { source: 'trap', text: 'UPS on battery, minutes left: 12' }]]);
  expect(woken).toEqual(['switch']);
  const up = { check: 'trap:upsTrapOnBattery', status: 'warning', text: 'UPS on battery, minutes left: 12' };
  expect(statuses.at(-1)).toEqual(['switch', up]);
  expect(receiver.statuses('switch')).toEqual([up]);
  receiver.disprove('switch', 'trap:upsTrapOnBattery', 1);
  expect(statuses.at(-1)).toEqual(['switch', { check: 'trap:upsTrapOnBattery', status: 'ok' }]);
});

test('what a trap raised is over after an hour without another', async () => {
  const { send, until, statuses, events, clock, receiver } = await listening();
  send(datagram('public', notification(ON_BATTERY)));
  await until(() => events.length > 0);
  await clock.advance(3_601_000);
  expect(statuses.at(-1)).toEqual(['switch', { check: 'trap:upsTrapOnBattery', status: 'ok' }]);
  expect(receiver.statuses('switch')).toEqual([{ check: 'trap:upsTrapOnBattery', status: 'ok' }]);
});

test('an inform is answered with its own id and values; a repetition is answered again and taken once', async () => {
  const { send, until, answers, receiver } = await listening();
  const inform = datagram('public', notification(COLD_START, { '1.3.6.1.2.1.1.5.0': 'sw-1' }, 77));
  send(inform);
  await until(() => answers.length === 1);
  send(inform);
  await until(() => answers.length === 2);
  expect(receiver.counts()).toMatchObject({ received: 2, taken: 1, repeated: 1 });
  const [sent, answer] = [readMessage(inform), readMessage(answers[0] as Buffer)];
  if (sent.version === 3 || answer.version === 3) throw new Error('version 3');
  expect(answer).toMatchObject({ version: '2c', community: 'public' });
  expect(answer.pdu).toEqual({ tag: PDU.response, body: sent.pdu.body });
});

test('a trap is never answered', async () => {
  const { send, until, answers, receiver } = await listening();
  send(datagram('public', notification(COLD_START)));
  send(datagram('public', notificationV1('1.3.6.1.4.1.9', [0, 0])));
  send(datagram('public', notification(COLD_START, {}, 78)));
  await until(() => receiver.counts().taken === 3 && answers.length > 0);
  expect(answers).toHaveLength(1);
});

test('with a community agreed on no other is taken or answered; they are counted, and told once an hour', async () => {
  const { send, until, answers, events, logged, receiver, clock } = await listening({
    secrets: [{ version: '2c', community: 'agreed' }],
  });
  const wrong = datagram('guess-me', notification(COLD_START, {}, 5));
  send(wrong, 3);
  await until(() => receiver.counts().refused.community === 3);
  await clock.advance(3_600_000);
  send(wrong);
  await until(() => receiver.counts().refused.community === 4);
  expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(2);
  expect(JSON.stringify(logged)).not.toContain('guess-me');
  send(datagram('agreed', notification(COLD_START, {}, 6)));
  await until(() => answers.length > 0);
  expect(answers).toHaveLength(1);
  expect(events).toHaveLength(1);
});

test('without a community or user that could be read nothing is taken', async () => {
  const { send, until, events, answers, receiver } = await listening({ secrets: [] });
  send(datagram('public', notification(COLD_START, {}, 7)));
  await until(() => receiver.counts().received === 1 && Object.keys(receiver.counts().refused).length > 0);
  expect(receiver.counts().refused).toEqual({ community: 1 });
  expect([events, answers]).toEqual([[], []]);
});

test('what is raised is kept once a second, when it is forgotten and at the end; what is of no device is dropped', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vigie-raised-'));
  const kept = () => JSON.parse(readFileSync(join(dataDir, 'snmp-raised.json'), 'utf8'));
  const old = { check: 'trap:fan', status: 'warning' };
  writeFileSync(join(dataDir, 'snmp-raised.json'), JSON.stringify({ gone: [old], switch: [old] }));
  const { send, until, clock, receiver } = await listening({ dataDir });
  expect(receiver.statuses('gone')).toEqual([]);
  await clock.advance(1000);
  expect(kept()).toEqual({ switch: [old] });
  send(datagram('public', notification(ON_BATTERY)));
  await until(() => receiver.statuses('switch').length === 2);
  expect(kept()).toEqual({ switch: [old] });
  await clock.advance(1000);
  expect(kept().switch).toHaveLength(2);
  receiver.disprove('switch', 'trap:fan', 1);
  await receiver.stop();
  expect(kept().switch).toMatchObject([{ check: 'trap:upsTrapOnBattery' }, { check: 'trap:fan', status: 'ok' }]);
  receiver.forget('switch');
  expect(kept()).toEqual({});
});

test('where only users of version 3 are agreed on, no community is taken', async () => {
  const { send, until, events, receiver } = await listening({
    secrets: [{ version: 3, user: 'u', auth: { protocol: 'sha256', password: 'a-long-password' } }],
  });
  send(datagram('public', notification(COLD_START, {}, 7)));
  await until(() => receiver.counts().refused.community === 1);
  expect(events).toEqual([]);
});

test('what comes from nobody we know is counted, kept readable, told once of the agent itself, and not answered', async () => {
  const { send, until, answers, events, receiver, woken } = await listening({ devices: ELSEWHERE });
  send(datagram('public', notification(COLD_START, {}, 5)), 4);
  await until(() => receiver.counts().strange === 4);
  expect(receiver.strangers()).toMatchObject([{ address: '127.0.0.1', what: COLD_START, count: 4 }]);
  expect(events).toMatchObject([['gateway', { code: 'unknown-sender', severity: 'info', key: '127.0.0.1' }]]);
  expect([answers, woken]).toEqual([[], []]);
});

test('what a relay sends on is bound to the device it names, if the relay is no device itself', async () => {
  const { send, until, events } = await listening({ devices: ELSEWHERE });
  send(datagram('public', notification(COLD_START, { [TRAP_ADDRESS]: { ip: '10.9.8.7' } })));
  await until(() => events.length === 1);
  send(datagram('public', notificationV1('1.3.6.1.4.1.9', [6, 3], {}, '10.9.8.7')));
  await until(() => events.length === 2);
  expect(events.map(([device]) => device)).toEqual(['printer', 'printer']);
});

test('a device cannot speak for another', async () => {
  const { send, until, events } = await listening({
    devices: [...ELSEWHERE, { name: 'switch', addresses: ['::ffff:127.0.0.1'] }],
  });
  send(datagram('public', notification(COLD_START, { [TRAP_ADDRESS]: { ip: '10.9.8.7' } })));
  await until(() => events.length === 1);
  expect(events[0]?.[0]).toBe('switch');
});

test('the same again within a minute is counted in one more event', async () => {
  const { send, until, events, receiver, clock } = await listening();
  send(datagram('public', notification(COLD_START)), 5);
  await until(() => receiver.counts().taken === 5);
  expect(events).toHaveLength(1);
  await clock.advance(61_000);
  expect(events.map(([, { count }]) => count)).toEqual([undefined, 4]);
});

test('ten thousand datagrams at once are taken or dropped, counted, and the next one is heard', async () => {
  const { send, until, events, receiver, logged, clock } = await listening();
  const flood = Array.from({ length: 50 }, (_, at) => datagram('public', notification(`1.3.6.1.4.1.1.0.${at}`)));
  const before = process.memoryUsage().heapUsed;
  let sent = 0;
  for (let round = 0; round < 200; round++) {
    for (const bytes of flood) {
      send(bytes);
      sent++;
    }
    if (round % 20 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await clock.advance(61_000);
  await until(() => {
    const { received, taken, dropped } = receiver.counts();
    return received === taken + dropped;
  });
  send(datagram('public', notification(ON_BATTERY)));
  await until(() => receiver.statuses('switch').length === 1);
  const { received } = receiver.counts();
  expect(sent).toBe(10_000);
  expect(received).toBeLessThanOrEqual(10_001);
  expect(events.length).toBeLessThan(120);
  expect(logged.length).toBeLessThan(20);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
});

test('a port that is taken is said, and tried again until it is free', async () => {
  const holder = createSocket('udp4');
  holder.bind(0, '127.0.0.1');
  await once(holder, 'listening');
  const statuses: string[] = [];
  const { promise: failed, resolve: onFailed } = Promise.withResolvers<void>();
  const { promise: opened, resolve: onOpened } = Promise.withResolvers<void>();
  const retries: (() => void)[] = [];
  const repeats: (() => void)[] = [];
  const receiver = startTrapReceiver({
    host: '127.0.0.1',
    port: holder.address().port,
    self: 'gateway',
    devices: () => [],
    secrets: [],
    profiles: [],
    profilesOf: () => [],
    // Nothing can be kept there: that must not keep it from listening.
    dataDir: '/dev/null/nowhere',
    clock: {
      ...systemClock,
      after(ms, fn) {
        if (ms === 15_000) retries.push(fn);
        if (ms === 300_000) repeats.push(fn);
        return () => {};
      },
    },
    log: () => {},
    say: sayIn('en'),
    onEvent: () => {},
    onLate: () => {},
    onWake: () => {},
    onStatus(device, { check, status }) {
      statuses.push(`${device} ${check} ${status}`);
      if (status === 'ok') onOpened();
      else onFailed();
    },
  });
  await failed;
  holder.close();
  await once(holder, 'close');
  retries[0]?.();
  await opened;
  expect(statuses).toEqual(['gateway traps critical', 'gateway traps ok']);
  repeats[0]?.();
  await receiver.stop();
  expect(statuses).toEqual(['gateway traps critical', 'gateway traps ok', 'gateway traps ok']);
});
