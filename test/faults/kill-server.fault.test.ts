import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { freePort } from '../support/free-port.ts';
import { NumberedSender, plainInventory } from '../support/load.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';
import { type Committed, countFrames, reportName } from './committed.ts';

const KILLS = 20;
const TOKEN = 'a-token-for-this-test-only';

let dataDir: string;
let server: VigieProcess;
let senders: NumberedSender[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-kill-'));
  senders = [];
});
afterEach(async () => {
  for (const sender of senders) sender.end();
  await server.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

test('killed at any moment under load, the server loses no acknowledged report and counts none twice', async () => {
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const start = async () => {
    server = runVigie(['server', `--data-dir=${dataDir}`, `--http-port=${httpPort}`, `--mqtt-port=${mqttPort}`], {
      VIGIE_ADMIN_TOKEN: TOKEN,
    });
    await server.says(/Ctrl-C/);
  };
  await start();
  const imported = await fetch(`http://127.0.0.1:${httpPort}/api/v1/inventory`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(plainInventory(4, 5)),
  });
  expect(imported.status).toBe(200);

  for (let s = 0; s < 4; s++) {
    for (let d = 0; d < 5; d++) senders.push(new NumberedSender(mqttPort, `s${s}`, `d${d}`, `bootof${s}x${d}`));
  }
  const load = setInterval(() => {
    for (const sender of senders) if (sender.unacknowledged < 200) sender.next();
  }, 5);
  for (let kill = 0; kill < KILLS; kill++) {
    // Not an event: the moment of a kill must be any moment. Primes, so that it falls at different points of a commit.
    await pause(150 + ((kill * 37) % 211));
    await server.end('SIGKILL');
    await start();
  }
  clearInterval(load);
  while (senders.some((sender) => sender.unacknowledged > 0)) await pause(20);
  await server.end('SIGKILL');

  const sent = senders.reduce((sum, sender) => sum + sender.sent, 0);
  const committed: Committed = new Map();
  const store = openSqliteStateStore(join(dataDir, 'state.sqlite'));
  const partition = await store.partition({ index: 0, of: 1 });
  for (let after = 0, rows = await partition.readLog(after, 100); rows.length > 0; ) {
    for (const row of rows) {
      after = row.id;
      countFrames(row.frames, committed);
    }
    rows = await partition.readLog(after, 100);
  }
  await store.close();
  const lost = senders.flatMap((sender) =>
    [...sender.acknowledged].filter((seq) => !committed.has(reportName(sender.boot, seq))),
  );
  const twice = [...committed].filter(([, count]) => count > 1);
  process.stdout.write(
    `${KILLS} kills, ${sent} reports sent, ${committed.size} committed, ${lost.length} lost, ${twice.length} twice\n`,
  );
  expect(sent).toBeGreaterThan(1_000);
  expect(lost).toEqual([]);
  expect(twice).toEqual([]);
  expect(committed.size).toBe(sent);

  // And the metrics store, filled from that log by the next run, has each exactly once.
  await start();
  const now = Date.now();
  const counts = async () => {
    const answers = await Promise.all(
      senders.map(async ({ store: s, device }) => {
        const query = `device=load/${s}/${device}&measurement=cpu&field=usage_active&from=${now - 3_600_000}&to=${now + 60_000}&step=1h&aggregate=count`;
        const answer = await fetch(`http://127.0.0.1:${httpPort}/api/v1/metrics/range?${query}`);
        const { series } = (await answer.json()) as { series: { points: [number, number][] }[] };
        return series.flatMap((one) => one.points).reduce((sum, [, count]) => sum + count, 0);
      }),
    );
    return answers.reduce((sum, count) => sum + count, 0);
  };
  while ((await counts()) < sent) await pause(100);
  expect(await counts()).toBe(sent);
}, 400_000);
