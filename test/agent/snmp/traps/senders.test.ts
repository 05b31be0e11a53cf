import { expect, test } from 'vitest';
import { createQueue } from '../../../../agent/snmp/traps/queue.ts';
import { createFinder, createStrangers } from '../../../../agent/snmp/traps/senders.ts';

const HOUR_MS = 3_600_000;

test('the last fifty strangers are kept, ten an hour are told, and each once an hour', () => {
  const strangers = createStrangers();
  const told = (nowMs: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => strangers.take(`10.0.0.${from + at}`, '1.2', nowMs, nowMs)).filter(
      Boolean,
    ).length;
  expect(told(0, 0, 5)).toBe(5);
  expect(told(1, 0, 5)).toBe(0);
  expect(told(2, 5, 200)).toBe(5);
  expect(strangers.kept()).toHaveLength(50);
  expect(strangers.kept().at(-1)).toEqual({ address: '10.0.0.199', what: '1.2', at: 2, count: 1 });
  expect(strangers.count()).toBe(205);
  expect(told(HOUR_MS + 2, 199, 200)).toBe(1);
});

test('a device is found by its address however it is written, and a change of the devices is seen', () => {
  let devices = [{ name: 'sw', addresses: ['fe80::1', '10.0.0.1'] }];
  const find = createFinder(() => devices);
  expect(find('::ffff:10.0.0.1')).toBe('sw');
  expect(find('FE80:0::1%eth0')).toBe('sw');
  expect(find('10.0.0.2')).toBeUndefined();
  devices = [{ name: 'ap', addresses: ['10.0.0.2'] }];
  expect(find('10.0.0.2')).toBe('ap');
});

test('of a flood a thousand wait, two hundred of one sender, in the order they came', () => {
  const queue = createQueue();
  const add = (port: number, sender: string) =>
    queue.add({ bytes: Buffer.alloc(0), from: { address: '10.0.0.1', port } }, sender);
  const loud = Array.from({ length: 500 }, (_, at) => add(at, 'loud')).filter(Boolean);
  expect(loud).toHaveLength(200);
  expect(add(9999, 'quiet')).toBe(true);
  for (let sender = 0; sender < 2000; sender++) add(10_000, `sender-${sender}`);
  expect(queue.length).toBe(1000);
  const taken = Array.from({ length: 201 }, () => queue.take()?.from.port);
  expect(taken).toEqual([...Array.from({ length: 200 }, (_, at) => at), 9999]);
  expect(add(1, 'loud')).toBe(true);
});
