import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import type { SimulatorEvent } from '../../../cli/demo/simulator.ts';
import { startSimulatorProcess } from '../../../cli/demo/simulator-process.ts';
import { startTestBroker } from './test-broker.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

const soon = { timeout: 15_000, interval: 50 };
const chain = { seed: 1, stores: 3, devices: 40, inventoryAt: Date.UTC(2026, 2, 10, 11), connectOverS: 0 };

test('the simulator as a process connects, does what it is told, and stops', async () => {
  const broker = await startTestBroker();
  const events: SimulatorEvent[] = [];
  const lost = vi.fn();
  const simulator = await startSimulatorProcess({
    ...chain,
    url: broker.url,
    onEvent: (event) => events.push(event),
    onLost: lost,
  });
  await vi.waitFor(() => expect(events).toContainEqual({ kind: 'connected', gateways: 3, of: 3 }), soon);

  const faults = await simulator.trigger({ what: 'wan-cut', where: { store: '002' }, forS: 60 });
  expect(faults).toMatchObject([{ what: 'wan-cut', store: 'demo/002' }]);
  expect(await simulator.happenings()).toEqual(faults);
  await expect(simulator.trigger({ what: 'wan-cut', where: { store: '999' }, forS: 1 })).rejects.toThrow(
    /no store fits/,
  );
  expect(await simulator.stats()).toMatchObject({ gateways: 3, devices: 40 });

  await simulator.stop();
  expect(() => process.kill(simulator.pid, 0)).toThrow();
  expect(lost).not.toHaveBeenCalled();
  expect(broker.of('status').filter(({ message }) => message.reason === 'stopped')).toHaveLength(2);
  await broker.close();
}, 30_000);

test('says why it can’t start', async () => {
  const dayFile = join(folder, 'bad-day.yaml');
  writeFileSync(dayFile, 'every: 10:00\nhappenings:\n  - { at: 00:10, what: flood, for: 01:00 }\n');
  const start = startSimulatorProcess({
    ...chain,
    url: 'mqtt://127.0.0.1:1',
    dayFile,
    onEvent: () => {},
    onLost: () => {},
  });
  await expect(start).rejects.toThrow(/^bad-day.yaml:3: happenings\[0\]\.what: must be one of/);
}, 30_000);

test('ends when its parent is gone', async () => {
  const main = fileURLToPath(new URL('../../../cli/demo/main.ts', import.meta.url));
  const dayFile = fileURLToPath(new URL('../../../deploy/samples/demo-day.yaml', import.meta.url));
  const child = fork(main, [JSON.stringify({ ...chain, url: 'mqtt://127.0.0.1:1', dayFile })], { stdio: 'inherit' });
  await once(child, 'message');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
}, 30_000);
