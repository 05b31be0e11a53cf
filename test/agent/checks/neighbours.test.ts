import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/neighbours.ts';
import { createFakeContext } from '../fake-context.ts';

/** What connecting to a host and port meets. */
function run(met: Record<string, 'open' | 'ECONNREFUSED' | 'EHOSTUNREACH'>) {
  let ms = 0;
  const ctx = createFakeContext({
    monotonicMs: () => (ms += 2),
    connect: async (host, port) => {
      const how = met[`${host}:${port}`] ?? 'EHOSTUNREACH';
      if (how !== 'open') throw Object.assign(new Error(how), { code: how });
    },
  });
  const neighbours = [
    { name: 'till-2', host: '10.0.0.12' },
    { name: 'gateway', host: '10.0.0.1', port: 8883 },
  ];
  return plugin.create({ neighbours })(ctx);
}

test('an open port and a refusal both show that a machine is there', async () => {
  const { points, statuses } = await run({ '10.0.0.12:9': 'ECONNREFUSED', '10.0.0.1:8883': 'open' });
  expect(points.map(({ t, f }) => [t?.neighbour, f.reached, typeof f.response_time])).toEqual([
    ['till-2', 1, 'number'],
    ['gateway', 1, 'number'],
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('one that is gone is its own affair; to reach nobody at all is a fault of here', async () => {
  const one = await run({ '10.0.0.1:8883': 'open' });
  expect(one.points[0]?.f).toEqual({ reached: 0 });
  expect(one.statuses[0]?.status).toBe('ok');
  const none = await run({});
  expect(none.statuses).toEqual([
    { check: 'the-check', status: 'warning', text: 'None of the neighbours answers (till-2, gateway).' },
  ]);
});
