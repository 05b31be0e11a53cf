import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/receipt_printer.ts';
import { startRealServer } from '../../support/real-server.ts';
import { type PrinterEmulator, startPrinterEmulator } from './printer-emulator.ts';
import { runOnce } from './run-live.ts';

let printer: PrinterEmulator;
beforeEach(async () => {
  printer = await startPrinterEmulator();
});
afterEach(async () => {
  expect(printer.printed).toEqual([]);
  await printer.close();
});
const look = (more = {}) => runOnce(plugin, { server: '127.0.0.1', port: printer.port, answerMs: 300, ...more });

test('an emulated printer over TCP: in good order, then without paper and open', async () => {
  const well = await look({ drawerOpenLevel: 'high' });
  expect(well.statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(well.points[0]?.f).toMatchObject({ reachable: 1, status_known: 1, online: 1, drawer_open: 0 });
  printer.state = { 1: 0x0c, 2: 0x24, 4: 0x6c };
  const ill = await look({ drawerOpenLevel: 'high' });
  expect(ill.points[0]?.f).toMatchObject({ online: 0, cover_open: 1, paper_end: 1, paper_near_end: 1, drawer_open: 1 });
  expect(ill.statuses[0]).toMatchObject({
    status: 'critical',
    text: `Printer 127.0.0.1:${printer.port}: cover open, out of paper.`,
  });
});

test('takes connections and never answers', async () => {
  printer.answers = false;
  const { points, statuses } = await look();
  expect(points[0]?.f).toEqual({ reachable: 1, status_known: 0 });
  expect(statuses[0]?.status).toBe('ok');
});

test('the same through a device file, made by socat', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-printer-'));
  const device = join(folder, 'lp0');
  const socat = await startRealServer({
    program: 'socat',
    args: [`pty,link=${device},raw,echo=0`, `tcp:127.0.0.1:${printer.port}`],
    isReady: async () => existsSync(device),
  });
  printer.state = { 4: 0x0c };
  const { points, statuses } = await runOnce(plugin, { device, answerMs: 2000 });
  expect(points[0]).toMatchObject({ t: { source: device }, f: { reachable: 1, online: 1, paper_near_end: 1 } });
  expect(statuses[0]).toMatchObject({ status: 'warning', text: `Printer ${device}: paper nearly out.` });
  printer.answers = false;
  expect((await runOnce(plugin, { device, answerMs: 200 })).points[0]?.f).toEqual({ reachable: 1, status_known: 0 });
  await socat.stop();
  rmSync(folder, { recursive: true });
});

test('a device that is not there', async () => {
  const { points, statuses } = await runOnce(plugin, { device: '/dev/usb/no-such-lp' });
  expect(points[0]?.f).toEqual({ reachable: 0 });
  expect(statuses[0]?.text).toBe('The printer /dev/usb/no-such-lp cannot be reached (ENOENT).');
});
