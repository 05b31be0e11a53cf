import { expect, test } from 'vitest';
import { Outbox } from '../../../cli/demo/outbox.ts';

const report = (seq: number, kept = false) => ({ boot: 'b', seq, at: seq * 1000, device: 0, kept });
const drain = (outbox: Outbox) => {
  const sent = [];
  for (let next = outbox.next(); next; next = outbox.next()) {
    sent.push(next);
    outbox.acknowledge(next);
  }
  return sent;
};

test('live reports go before kept ones, each kind in its order', () => {
  const outbox = new Outbox(10);
  for (const each of [report(1, true), report(2, true), report(3), report(4)]) outbox.add(each);
  expect(drain(outbox).map(({ seq }) => seq)).toEqual([3, 4, 1, 2]);
  expect(outbox.size).toBe(0);
});

test('kept reports go a few at a time', () => {
  const outbox = new Outbox(100);
  for (let seq = 1; seq <= 20; seq++) outbox.add(report(seq, true));
  const flying = Array.from({ length: 20 }, () => outbox.next()).filter((next) => next !== undefined);
  expect(flying).toHaveLength(4);
  outbox.add(report(21));
  expect(outbox.next()?.seq).toBe(21);
});

test('what was not acknowledged is kept when the connection is lost, and sent again under its number', () => {
  const outbox = new Outbox(10);
  for (const each of [report(1), report(2), report(3)]) outbox.add(each);
  const first = outbox.next();
  outbox.next();
  if (first) outbox.acknowledge(first);
  outbox.connectionLost();
  expect(drain(outbox)).toEqual([report(2, true), report(3, true)]);
});

test('full, it drops the oldest and counts the gap until it was told', () => {
  const outbox = new Outbox(3);
  for (let seq = 1; seq <= 5; seq++) outbox.add(report(seq, true));
  const gap = outbox.gap();
  expect(gap).toEqual({ reports: 2, from: 1000, to: 2000 });
  outbox.add(report(6, true));
  if (gap) outbox.gapTold(gap);
  expect(outbox.gap()).toEqual({ reports: 1, from: 2000, to: 3000 });
  const rest = outbox.gap();
  if (rest) outbox.gapTold(rest);
  expect(outbox.gap()).toBeUndefined();
  expect(drain(outbox).map(({ seq }) => seq)).toEqual([4, 5, 6]);
});

test('with receipts, what was acknowledged stays until one names its number and its run', () => {
  const outbox = new Outbox(10);
  const reports = [report(1), report(2), { ...report(2), boot: 'another' }, report(3)];
  for (const each of reports) {
    outbox.add(each);
    outbox.next();
  }
  for (const each of reports.slice(0, 3)) outbox.awaitReceipt(each, 0);
  expect(outbox.receive('b', [[2, 9]])).toBe(2);
  outbox.awaitReceipt(reports[3] as (typeof reports)[3], 0);
  expect(outbox.size).toBe(2);
  outbox.connectionLost();
  expect(drain(outbox)).toEqual([report(1, true), { ...report(2, true), boot: 'another' }]);
});

test('what is to be sent again is spared by a receipt that comes in time', () => {
  const outbox = new Outbox(10);
  for (const each of [report(1), report(2)]) {
    outbox.add(each);
    outbox.next();
    outbox.awaitReceipt(each, 0);
  }
  outbox.connectionLost();
  expect(outbox.receive('b', [[1, 1]])).toBe(1);
  expect(drain(outbox)).toEqual([report(2, true)]);
});

test('one at a time is sent again when its receipt does not come', () => {
  const outbox = new Outbox(10);
  for (const each of [report(1), report(2), report(3)]) {
    outbox.add(each);
    outbox.next();
    outbox.awaitReceipt(each, each.at);
  }
  outbox.askAgain(1000);
  expect(outbox.next()).toBeUndefined();
  outbox.askAgain(2001);
  expect(outbox.next()).toEqual(report(1, true));
  expect(outbox.next()).toBeUndefined();
  outbox.askAgain(2001);
  expect(outbox.next()).toEqual(report(2, true));
});

test('half full without receipts it holds back; full, it drops the oldest all the same', () => {
  const outbox = new Outbox(4);
  const next = [1, 2, 3, 4].map((seq) => {
    outbox.add(report(seq));
    const sent = outbox.next();
    if (sent) outbox.awaitReceipt(sent, 0);
    return sent?.seq;
  });
  expect(next).toEqual([1, 2, undefined, undefined]);
  outbox.add(report(5));
  expect(outbox.size).toBe(4);
  expect(outbox.gap()).toEqual({ reports: 1, from: 1000, to: 1000 });
});
