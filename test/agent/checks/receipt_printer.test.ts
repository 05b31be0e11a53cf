import { expect, test } from 'vitest';
import type { CheckContext } from '../../../agent/check.ts';
import { plugin } from '../../../agent/checks/receipt_printer.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { sayIn } from '../../../agent/words.ts';
import { createFakeContext } from '../fake-context.ts';

const printing =
  (...bytes: number[]): CheckContext['exchange'] =>
  async (_host, _port, { until }) => {
    const received = Uint8Array.from(bytes);
    return { received, isWhole: until(received) };
  };
const run = plugin.create({ server: '10.0.0.73' });

test('in good order', async () => {
  const { points, statuses } = await run(createFakeContext({ exchange: printing(0x16, 0x12, 0x12, 0x12) }));
  expect(points[0]).toMatchObject({
    m: 'receipt_printer',
    t: { source: '10.0.0.73:9100' },
    f: { reachable: 1, status_known: 1, online: 1, paper_end: 0, cover_open: 0, drawer_pin_high: 1 },
  });
  expect(points[0]?.f).not.toHaveProperty('drawer_open');
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  ['offline, cover open', [0x1a, 0x16, 0x12, 0x12], 'critical', 'Printer 10.0.0.73:9100: cover open.'],
  ['out of paper', [0x1a, 0x32, 0x12, 0x7e], 'critical', 'Printer 10.0.0.73:9100: out of paper.'],
  [
    'stopped for paper, no sensor',
    [0x1a, 0x32, 0x12, 0x12],
    'critical',
    'Printer 10.0.0.73:9100: stopped for want of paper.',
  ],
  [
    'cutter, cover open as well',
    [0x1a, 0x56, 0x1a, 0x12],
    'critical',
    'Printer 10.0.0.73:9100: cutter jammed, cover open.',
  ],
  ['offline, no cause given', [0x1a, 0x12, 0x12, 0x12], 'critical', 'Printer 10.0.0.73:9100: offline.'],
  ['an error, no cause given', [0x1a, 0x52, 0x12, 0x12], 'critical', 'Printer 10.0.0.73:9100: error.'],
  ['paper nearly out', [0x12, 0x12, 0x12, 0x1e], 'warning', 'Printer 10.0.0.73:9100: paper nearly out.'],
])('%s', async (_, bytes, status, text) => {
  const { statuses } = await run(createFakeContext({ exchange: printing(...bytes) }));
  expect(statuses).toEqual([{ check: 'the-check', status, text }]);
});

test('in French', async () => {
  const ctx = createFakeContext({ exchange: printing(0x1a, 0x16, 0x12, 0x7e), say: sayIn('fr') });
  expect((await run(ctx)).statuses[0]?.text).toBe('Imprimante 10.0.0.73:9100\u202f: capot ouvert, plus de papier.');
});

test('takes connections, tells nothing: reachable, status unknown', async () => {
  const { points, statuses } = await run(createFakeContext({ exchange: printing() }));
  expect(points[0]?.f).toEqual({ reachable: 1, status_known: 0 });
  expect(statuses).toEqual([
    {
      check: 'the-check',
      status: 'ok',
      text: 'The printer 10.0.0.73:9100 can be reached, but does not tell its status.',
    },
  ]);
});

test.each([
  ['EHOSTUNREACH', 'The printer 10.0.0.73:9100 cannot be reached (EHOSTUNREACH).'],
  ['EBUSY', 'The printer 10.0.0.73:9100 is held by another program (EBUSY).'],
])('%s', async (code, text) => {
  const exchange = async () => {
    throw Object.assign(new Error(code), { code });
  };
  const { points, statuses } = await run(createFakeContext({ exchange }));
  expect(points[0]?.f).toEqual({ reachable: 0 });
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text }]);
});

test.each([
  ['high', 0x16, 1],
  ['high', 0x12, 0],
  ['low', 0x16, 0],
  ['low', 0x12, 1],
] as const)('a drawer open at level %s, pin in %i: %i', async (drawerOpenLevel, byte, drawer_open) => {
  const asked: unknown[] = [];
  const exchangeFile: CheckContext['exchangeFile'] = async (path, { answerMs }) => {
    asked.push(path, answerMs);
    return { received: Uint8Array.of(byte, 0x12, 0x12, 0x12), isWhole: true };
  };
  const wired = plugin.create({ device: '/dev/usb/lp0', drawerOpenLevel, answerMs: 300 });
  const { points } = await wired(createFakeContext({ exchangeFile }));
  expect(asked).toEqual(['/dev/usb/lp0', 300]);
  expect(points[0]).toMatchObject({ t: { source: '/dev/usb/lp0' }, f: { drawer_open } });
});

test('one printer: on the network or on this host', () => {
  expect(listFaults(plugin.options, {})).not.toEqual([]);
  expect(listFaults(plugin.options, { server: 'a', device: '/dev/usb/lp0' })).not.toEqual([]);
});
