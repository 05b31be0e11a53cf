import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { Lane } from '../../../collector/broker/lane.ts';
import { partitionFilters } from '../../../collector/broker/partition-filters.ts';
import { reconnectPauseMs } from '../../../collector/broker/reconnect-pause.ts';
import { SizeGate } from '../../../collector/broker/size-gate.ts';

test('pauses double from one or two seconds, to ten, or to sixty where the broker refuses', () => {
  const pauses = (wasRefused: boolean, chance: number) =>
    [1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => reconnectPauseMs(failures, wasRefused, chance));
  expect(pauses(false, 0)).toEqual([1000, 2000, 4000, 5000, 5000, 5000, 5000, 5000]);
  expect(pauses(false, 1)).toEqual([2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000, 10_000]);
  expect(pauses(true, 1)).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('a partition hears its stores, the only one everything, the first of several every birth too', () => {
  expect([...partitionFilters({ index: 0, of: 1 }, ['c/s'])]).toEqual([
    'vigie/v1/+/+/+/birth',
    'vigie/v1/+/+/+/status',
    'vigie/v1/+/+/+/report',
    'vigie/v1/+/+/+/reply',
    'vigie/v1/+/+/+/facts',
  ]);
  expect([...partitionFilters({ index: 3, of: 8 }, ['c/s', 'c/t'])]).toEqual(
    ['s', 't'].flatMap((store) =>
      ['birth', 'status', 'report', 'reply', 'facts'].map((kind) => `vigie/v1/c/${store}/+/${kind}`),
    ),
  );
  expect([...partitionFilters({ index: 0, of: 8 }, ['c/s'])]).toEqual([
    'vigie/v1/+/+/+/birth',
    'vigie/v1/c/s/+/status',
    'vigie/v1/c/s/+/report',
    'vigie/v1/c/s/+/reply',
    'vigie/v1/c/s/+/facts',
  ]);
});

test('whatever the pieces, small packets pass untouched and large ones are told by topic and id', () => {
  const message = fc.record({
    topic: fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom('a', '/', 'é') }),
    qos: fc.constantFrom(0 as const, 1 as const),
    messageId: fc.integer({ min: 1, max: 65_535 }),
    bytes: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 100, max: 600 }), fc.constant(20_000)),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 400 })), (messages, cuts) => {
      const packets = messages.map(({ topic, qos, messageId, bytes }) => {
        const packet: Packet = {
          cmd: 'publish',
          topic,
          payload: Buffer.alloc(bytes, 7),
          qos,
          retain: false,
          dup: false,
        };
        return generate(qos === 0 ? packet : { ...packet, messageId });
      });
      const stream = Buffer.concat(packets);
      const passed: Buffer[] = [];
      const told: unknown[] = [];
      const gate = new SizeGate(
        300,
        (bytes) => passed.push(Buffer.from(bytes)),
        (large) => told.push(large),
      );
      let at = 0;
      for (let i = 0; at < stream.length; i++) {
        const end = at + (cuts[i % (cuts.length || 1)] ?? 64);
        gate.push(stream.subarray(at, end));
        at = end;
      }
      const length = (packet: Buffer) => packet.length - (packet.length < 130 ? 2 : packet.length < 16_387 ? 3 : 4);
      expect(Buffer.concat(passed)).toEqual(Buffer.concat(packets.filter((packet) => length(packet) <= 300)));
      expect(told).toEqual(
        messages.flatMap(({ topic, qos, messageId }, i) => {
          const bytes = length(packets[i] as Buffer);
          return bytes > 300 ? [{ topic, messageId: qos === 0 ? undefined : messageId, bytes }] : [];
        }),
      );
    }),
  );
});

test('few large messages fill the hand as many small ones do', () => {
  const link = { isReading: true, pause: () => {}, resume: () => {}, acknowledge: () => {} };
  link.pause = () => {
    link.isReading = false;
  };
  link.resume = () => {
    link.isReading = true;
  };
  const dones: (() => void)[] = [];
  const lane = new Lane(
    link,
    (_, done) => dones.push(() => done(true)),
    4000,
    () => {},
  );
  const payload = Buffer.alloc(1024 * 1024);
  for (let messageId = 1; messageId <= 70; messageId++) {
    lane.take({ cmd: 'publish', topic: 't', payload, qos: 1, retain: false, dup: false, messageId });
  }
  expect(dones).toHaveLength(64);
  expect(link.isReading).toBe(false);
  for (let at = 0; at < 6; at++) dones[at]?.();
  expect(dones).toHaveLength(70);
  expect(link.isReading).toBe(false);
  dones[6]?.();
  expect(link.isReading).toBe(true);
});
