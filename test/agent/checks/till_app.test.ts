import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/till_app.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = 1_800_000_000_000;
const heartbeatFile = '/run/pos/heartbeat';
const files = { '/proc/10/stat': '10 (posd) S 1 1', '/proc/10/cmdline': '/opt/pos/posd\0' };
const well = {
  files,
  connect: async () => {},
  fetch: async () => new Response('{"status":"UP"}'),
  stat: async () => ({ size: 0, mtimeMs: NOW - 30_000, ino: 1, isFile: true }),
};
const run = plugin.create({
  program: 'posd',
  port: 8443,
  heartbeatFile,
  heartbeatMaxS: 60,
  url: 'http://pos/h',
  match: 'UP',
});

test('fit to sell', async () => {
  const { points, statuses } = await run(createFakeContext(well));
  expect(points).toEqual([
    {
      m: 'till_app',
      t: { app: 'pos' },
      f: { selling: 1, process: 1, port: 1, heartbeat: 1, http: 1, heartbeat_age_seconds: 30 },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  ['process', { files: {} }, '“posd”: 0 running, 1 expected.'],
  [
    'port',
    {
      connect: async () => {
        throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
      },
    },
    '127.0.0.1:8443 refuses the connection or cannot be reached (ECONNREFUSED).',
  ],
  [
    'heartbeat',
    { stat: async () => ({ size: 0, mtimeMs: NOW - 61_000, ino: 1, isFile: true }) },
    '/run/pos/heartbeat has not been written for 61 s (at most 60 s).',
  ],
  ['http', { fetch: async () => new Response('DOWN') }, 'The answer of http://pos/h lacks the expected text.'],
])('%s fails: named, and the others are told apart', async (part, outside, text) => {
  const { points, statuses } = await run(createFakeContext({ ...well, ...outside }));
  const f = { process: 1, port: 1, heartbeat: 1, http: 1, [part]: 0, selling: 0 };
  expect(points[0]?.f).toMatchObject(f);
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text }]);
});

test('a heartbeat that is not there', async () => {
  const stat = async () => {
    throw Object.assign(new Error('x'), { code: 'ENOENT' });
  };
  const { points, statuses } = await plugin.create({ heartbeatFile })(createFakeContext({ stat }));
  expect(points[0]?.f).toEqual({ selling: 0, heartbeat: 0 });
  expect(statuses[0]?.text).toBe('/run/pos/heartbeat cannot be found.');
});

test('needs something to judge by', () => {
  expect(listFaults(plugin.options, { app: 'pos' })).not.toEqual([]);
  expect(listFaults(plugin.options, { port: 8443 })).toEqual([]);
});
