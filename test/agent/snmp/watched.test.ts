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
const HOUR_MS = 3_600_000;
function start() {
  const clock = createFakeClock();
  return { clock, watched: speakForWatched({ chain: 'c', store: 's', device: 'gw', boot: 'bootbootone', clock }) };
}
type Watched = ReturnType<typeof start>['watched'];
/** A connection with a collector at its other end. */
function connect({ passenger }: Watched) {
  const made = connection();
  passenger.leave();
  passenger.board(made.link);
  passenger.collectors({ receipts: true });
  return made;
}
const factsIn = (said: ReturnType<typeof connection>['said']) => said.filter(({ topic }) => topic.endsWith('/facts'));

test('presence is said as it changes and again on each connection, retained, with the device’s pace', () => {
  const { watched } = start();
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

test('a collector that comes hears all presences again; one that joins another changes nothing', () => {
  const { watched } = start();
  const { said, link } = connection();
  watched.passenger.board(link);
  watched.presence('sw', true, 30);
  watched.presence('ap', false, 60);
  said.length = 0;
  watched.passenger.collectors({ receipts: true });
  expect(said).toMatchObject([
    { topic: 'vigie/v1/c/s/sw/status', body: { online: true } },
    { topic: 'vigie/v1/c/s/ap/status', body: { online: false } },
  ]);
  watched.passenger.collectors({ receipts: false });
  expect(said).toHaveLength(2);
  watched.passenger.collectors(undefined);
  expect(said).toHaveLength(2);
  watched.passenger.collectors({ receipts: true });
  expect(said).toHaveLength(4);
});

test('facts are told when they change, once, and again on the next connection when nobody acknowledged them', () => {
  const { watched } = start();
  const first = connect(watched);
  watched.facts('sw', { 'machine.model': 'X' });
  watched.facts('sw', { 'machine.model': 'X' });
  expect(first.said).toMatchObject([
    { topic: 'vigie/v1/c/s/sw/facts', retain: false, body: { by: 'gw', seq: 1, facts: { 'machine.model': 'X' } } },
  ]);
  const second = connect(watched);
  expect(second.said).toHaveLength(1);
  second.acknowledge();
  const third = connect(watched);
  expect(third.said).toEqual([]);
  watched.facts('sw', { 'machine.model': 'Y' });
  expect(third.said).toMatchObject([{ body: { seq: 2 } }]);
  watched.forget('sw');
  expect(connect(watched).said).toEqual([]);
});

test('facts wait for a collector, and those a collector may have lost are told to the next', () => {
  const { watched } = start();
  const { said, link, acknowledge } = connection();
  watched.passenger.board(link);
  watched.facts('sw', { 'machine.model': 'X' });
  expect(said).toEqual([]);
  watched.passenger.collectors({ receipts: true });
  expect(said).toHaveLength(1);
  watched.passenger.collectors(undefined);
  watched.passenger.collectors({ receipts: true });
  expect(said).toHaveLength(2);
  acknowledge();
  watched.passenger.collectors(undefined);
  watched.passenger.collectors({ receipts: true });
  expect(said).toHaveLength(2);
});

test('facts that are the same are told again after six hours, as of when they were found', async () => {
  const { watched, clock } = start();
  const { said, acknowledge } = connect(watched);
  const from = clock.now();
  watched.facts('sw', { 'machine.model': 'X' });
  acknowledge();
  await clock.advance(6 * HOUR_MS - 1);
  watched.facts('sw', { 'machine.model': 'X' });
  expect(said).toHaveLength(1);
  await clock.advance(1);
  watched.facts('sw', { 'machine.model': 'X' });
  watched.facts('sw', { 'machine.model': 'X' });
  expect(said).toMatchObject([{ body: { seq: 1 } }, { body: { seq: 1, at: from } }]);
  await clock.advance(6 * HOUR_MS);
  expect(factsIn(connect(watched).said)).toHaveLength(1);
});

test('the number of facts never goes back, not even of a device that was forgotten', () => {
  const { watched } = start();
  const { said } = connect(watched);
  watched.facts('sw', { 'machine.model': 'X' });
  watched.facts('sw', { 'machine.model': 'Y' });
  watched.forget('sw');
  watched.facts('sw', { 'machine.model': 'X' });
  expect(said.map(({ body }) => body.seq)).toEqual([1, 2, 3]);
});
