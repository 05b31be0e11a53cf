import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbox } from '../../../agent/outbox/outbox.ts';
import { tellingDelivery } from '../../../agent/update/start.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-telling-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const report = (boot: string, seq: number) => Buffer.from(JSON.stringify({ v: 1, boot, seq, at: seq, points: [] }));
const open = () => openOutbox({ folder, maxBytes: 1e6, maxAgeMs: 1e9, now: () => 1, log: () => {} });

test('reports of this run count, those another version left do not', () => {
  const before = open();
  for (let seq = 1; seq <= 4; seq++) before.append(report('formerrun', seq), 1);
  before.close();

  const outbox = open();
  let delivered = 0;
  const telling = tellingDelivery(outbox, 'presentrun', () => {
    delivered += 1;
  });
  const ours = [1, 2, 3].map((seq) => outbox.append(report('presentrun', seq), 1));
  const [first = 0] = telling.waiting();
  telling.acknowledge(first);
  telling.acknowledgeSeen('formerrun', [[1, 4]]);
  expect(delivered).toBe(0);
  expect(outbox.stats().reports).toBe(3);
  telling.acknowledge(ours[0] ?? 0);
  telling.acknowledge(ours[0] ?? 0);
  expect(delivered).toBe(1);
  telling.acknowledgeSeen('presentrun', [[1, 3]]);
  expect(delivered).toBe(3);
  outbox.close();
});
