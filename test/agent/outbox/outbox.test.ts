import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboxFiles } from '../../../agent/outbox/files.ts';
import { type OutboxOptions, openOutbox } from '../../../agent/outbox/outbox.ts';

const NOW = 1_800_000_000_000;
let folder: string;
let lines: string[];

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'vigie-outbox-'));
  lines = [];
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const open = (more: Partial<OutboxOptions> = {}) =>
  openOutbox({
    folder,
    maxBytes: 1_000_000,
    maxAgeMs: 3_600_000,
    now: () => NOW,
    log: (_, message) => lines.push(message),
    ...more,
  });
type Opened = ReturnType<typeof open>;

const report = (seq: number, at = NOW, padding = '') => Buffer.from(JSON.stringify({ v: 1, seq, at, padding }));
const seqs = (outbox: Opened) =>
  [...outbox.waiting()].map((id) => JSON.parse(Buffer.from(outbox.read(id)?.body ?? '{}').toString()).seq);
const segments = () => fs.readdirSync(folder).filter((file) => file.endsWith('.seg'));
const failing = (error: string, ...calls: (keyof OutboxFiles)[]): OutboxFiles => ({
  ...fs,
  ...Object.fromEntries(
    calls.map((call) => [
      call,
      () => {
        throw Object.assign(new Error(error), { code: error });
      },
    ]),
  ),
});

test('acknowledged in any order, the rest is there after a restart, oldest first', () => {
  const first = open();
  const ids = [1, 2, 3, 4, 5].map((seq) => first.append(report(seq), NOW));
  first.acknowledge(ids[3] as number);
  first.acknowledge(ids[0] as number);
  expect(seqs(first)).toEqual([2, 3, 5]);
  const next = open();
  expect(seqs(next)).toEqual(expect.arrayContaining([2, 3, 5]));
  next.append(report(6), NOW);
  expect(seqs(next).at(-1)).toBe(6);
});

test('what a receipt names by run and number leaves, found again after a restart or not', () => {
  const of = (boot: string, seq: number) => Buffer.from(JSON.stringify({ v: 1, boot, seq, at: NOW, points: [] }));
  const first = open();
  for (const seq of [1, 2, 3, 4]) first.append(of('bootaaaa', seq), NOW);
  first.close();
  const next = open();
  for (const seq of [1, 2]) next.append(of('bootbbbb', seq), NOW);
  next.acknowledgeSeen('bootaaaa', [
    [1, 1],
    [3, 3],
  ]);
  expect(seqs(next)).toEqual([2, 4, 1, 2]);
  next.acknowledgeSeen('bootbbbb', [[2, 9]]);
  expect(seqs(next)).toEqual([2, 4, 1]);
  expect([...next.waiting()].every(next.has)).toBe(true);
  next.acknowledgeSeen('bootcccc', [[1, 9]]);
  next.acknowledgeSeen('bootaaaa', [[1, 4]]);
  next.acknowledgeSeen('bootbbbb', [[1, 1]]);
  expect(next.stats()).toMatchObject({ reports: 0, bytes: 0 });
  next.close();
  expect(segments()).toEqual([]);
});

test('when nothing waits, nothing is left on disk', () => {
  const outbox = open({ segmentBytes: 50 });
  const ids = [1, 2, 3].map((seq) => outbox.append(report(seq), NOW));
  expect(segments()).toHaveLength(3);
  for (const id of ids) outbox.acknowledge(id);
  expect(segments().map((file) => fs.statSync(join(folder, file)).size)).toEqual([0]);
  outbox.close();
  expect(segments()).toEqual([]);
  expect(outbox.stats()).toEqual({ reports: 0, bytes: 0, dropped: 0, damaged: 0 });
});

test('beyond its bytes the oldest go first, counted and told once, also after a restart', () => {
  const options = { maxBytes: 1000, segmentBytes: 250 };
  const outbox = open(options);
  for (let seq = 1; seq <= 20; seq += 1) outbox.append(report(seq, NOW + seq, 'x'.repeat(50)), NOW + seq);
  const left = seqs(outbox);
  expect(left).toEqual(Array.from({ length: left.length }, (_, index) => 21 - left.length + index));
  expect(segments().reduce((sum, file) => sum + fs.statSync(join(folder, file)).size, 0)).toBeLessThanOrEqual(1000);
  const gap = { reports: 20 - left.length, from: NOW + 1, to: NOW + 20 - left.length };
  expect(outbox.gap()).toEqual(gap);
  expect(outbox.stats().dropped).toBe(gap.reports);

  const next = open(options);
  expect(next.gap()).toEqual(gap);
  next.settleGap(gap);
  expect(next.gap()).toBeUndefined();
  expect(open(options).gap()).toBeUndefined();
});

test('beyond their number the oldest go too, counted, at a restart as well', () => {
  const outbox = open({ maxReports: 10, segmentBytes: 250 });
  for (let seq = 1; seq <= 40; seq += 1) {
    outbox.append(report(seq, NOW + seq), NOW + seq);
    expect(outbox.stats().reports).toBeLessThanOrEqual(10);
  }
  const left = seqs(outbox);
  expect(left.length).toBeGreaterThan(5);
  expect(left.at(-1)).toBe(40);
  expect(outbox.gap()).toEqual({ reports: 40 - left.length, from: NOW + 1, to: NOW + 40 - left.length });
  outbox.close();
  const next = open({ maxReports: 4, segmentBytes: 250 });
  expect(seqs(next).length).toBeLessThanOrEqual(4);
  expect(next.gap()?.reports).toBe(40 - seqs(next).length);
});

test('what was dropped while a gap was told is told next', () => {
  const outbox = open({ maxAgeMs: 10 });
  outbox.append(report(1, NOW - 100), NOW - 100);
  const told = outbox.gap();
  outbox.append(report(2, NOW - 50), NOW - 50);
  outbox.settleGap(told ?? { reports: 0, from: 0, to: 0 });
  expect(outbox.gap()).toMatchObject({ reports: 1, to: NOW - 50 });
});

test('a clock that leaps ahead throws nothing away; set right again, or long enough where it is, age counts again', () => {
  let now = NOW;
  const outbox = open({ now: () => now });
  const add = (seq: number) => outbox.append(report(seq, now), now);
  add(1);
  now = NOW + 400 * 86_400_000;
  add(2);
  expect(seqs(outbox)).toEqual([1, 2]);
  now = NOW + 10_000;
  add(3);
  expect(outbox.stats().dropped).toBe(0);
  for (now = NOW; now < NOW + 7_200_000; now += 600_000) add(4);
  expect(seqs(outbox)).not.toContain(1);
});

test('too old: dropped, also those of an earlier run', () => {
  open().append(report(1, NOW), NOW);
  const later = open({ now: () => NOW + 3_600_001 });
  expect(seqs(later)).toEqual([]);
  expect(later.gap()).toEqual({ reports: 1, from: NOW, to: NOW });
});

test('a torn tail is no loss, a damaged record is skipped and counted', () => {
  const outbox = open();
  for (const seq of [1, 2, 3]) outbox.append(report(seq), NOW);
  const [file = ''] = segments();
  const bytes = fs.readFileSync(join(folder, file));
  const second = 8 + bytes.readUInt32LE(0);
  bytes[second + 12] = 0x39;
  fs.writeFileSync(join(folder, file), Buffer.concat([bytes, bytes.subarray(0, 15)]));
  const next = open();
  expect(seqs(next)).toEqual([1, 3]);
  expect(next.stats()).toMatchObject({ reports: 2, damaged: 1, dropped: 1 });
  expect(lines).toContain('damaged reports in the outbox were skipped');
});

test('damage that comes while a report waits is not delivered', () => {
  const outbox = open();
  const id = outbox.append(report(1), NOW);
  const file = join(folder, segments()[0] ?? '');
  const bytes = fs.readFileSync(file);
  bytes[12] = 0;
  fs.writeFileSync(file, bytes);
  expect(outbox.read(id)).toBeUndefined();
  expect([...outbox.waiting()]).toEqual([]);
  expect(outbox.gap()).toMatchObject({ reports: 1 });
});

describe.each([
  ['a full disk', failing('ENOSPC', 'writeSync', 'writeFileSync')],
  ['a read-only disk', failing('EROFS', 'mkdirSync', 'openSync', 'writeFileSync', 'rmSync')],
])('%s', (_, files) => {
  test('reports are kept in memory, bounded, and a line says so once', () => {
    const outbox = open({ files, memoryBytes: 400 });
    for (let seq = 1; seq <= 20; seq += 1) outbox.append(report(seq), NOW + seq);
    const left = seqs(outbox);
    expect(left.at(-1)).toBe(20);
    expect(outbox.stats().bytes).toBeLessThanOrEqual(400);
    expect(left.length + (outbox.gap()?.reports ?? 0)).toBe(20);
    expect(lines.filter((line) => /cannot be (written|opened)/.test(line))).toHaveLength(1);
    outbox.acknowledge([...outbox.waiting()][0] as number);
    expect(seqs(outbox)).toEqual(left.slice(1));
  });
});

test('a disk that comes back takes what was kept in memory, and half a record is never left in the way', () => {
  let isFull = false;
  const files: OutboxFiles = {
    ...fs,
    writeSync: ((descriptor: number, bytes: Buffer, offset: number, length: number) => {
      if (!isFull) return fs.writeSync(descriptor, bytes, offset, length);
      fs.writeSync(descriptor, bytes, offset, 5);
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    }) as typeof fs.writeSync,
  };
  const outbox = open({ files });
  outbox.append(report(1), NOW);
  isFull = true;
  outbox.append(report(2), NOW);
  isFull = false;
  outbox.append(report(3), NOW);
  expect(seqs(outbox)).toEqual([1, 2, 3]);
  expect(lines).toContain('the outbox is on disk again');
  expect(seqs(open())).toEqual([1, 2, 3]);
  expect(open().stats().damaged).toBe(0);
  isFull = true;
  outbox.append(report(4), NOW);
  isFull = false;
  outbox.close();
  expect(seqs(open())).toEqual([1, 2, 3, 4]);
});
