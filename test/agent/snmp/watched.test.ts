import { expect, test } from 'vitest';
import type { Link } from '../../../agent/passenger.ts';
import { speakForWatched } from '../../../agent/snmp/watched.ts';
import { createFakeClock } from '../fake-clock.ts';

function connection() {
  const said: { topic: string; body: Record<string, unknown>; retain: boolean }[] = [];
  const done: ((error?: Error) => void)[] = [];
  const link: Link = {
    publish(topic, body, retain, acknowledged) {
      said.push({ topic, body: JSON.parse(Buffer.from(body).toString()), retain });
      done.push(acknowledged);
      return () => {};
    },
    subscribe() {},
  };
  return { link, said, acknowledge: () => done.splice(0).map((each) => each()) };
}
const start = () =>
  speakForWatched({ chain: 'c', store: 's', device: 'gw', boot: 'bootbootone', clock: createFakeClock() });

test('presence is said as it changes and again on each connection, retained, with the device’s pace', () => {
  const watched = start();
  watched.presence('sw', true, 30);
  const first = connection();
  watched.passenger.board(first.link);
  watched.presence('sw', false, 30);
  expect(first.said).toMatchObject([
    { topic: 'vigie/v1/c/s/sw/status', retain: true, body: { by: 'gw', online: true, intervalS: 30 } },
    { topic: 'vigie/v1/c/s/sw/status', retain: true, body: { by: 'gw', online: false, reason: 'unreachable' } },
  ]);
  watched.passenger.leave();
  watched.presence('sw', true, 30);
  const second = connection();
  watched.passenger.board(second.link);
  expect(second.said).toMatchObject([{ body: { online: true } }]);
});

test('facts are told when they change, once, and again on the next connection when nobody acknowledged them', () => {
  const watched = start();
  const first = connection();
  watched.passenger.board(first.link);
  watched.facts('sw', { 'machine.model': 'X' });
  watched.facts('sw', { 'machine.model': 'X' });
  expect(first.said).toMatchObject([
    { topic: 'vigie/v1/c/s/sw/facts', retain: false, body: { by: 'gw', seq: 1, facts: { 'machine.model': 'X' } } },
  ]);
  const second = connection();
  watched.passenger.board(second.link);
  expect(second.said).toHaveLength(1);
  second.acknowledge();
  const third = connection();
  watched.passenger.board(third.link);
  expect(third.said).toEqual([]);
  watched.facts('sw', { 'machine.model': 'Y' });
  expect(third.said).toMatchObject([{ body: { seq: 2 } }]);
  watched.forget('sw');
  const fourth = connection();
  watched.passenger.board(fourth.link);
  expect(fourth.said).toEqual([]);
});
