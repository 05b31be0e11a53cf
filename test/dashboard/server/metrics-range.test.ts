import { expect, test } from 'vitest';
import { NOW } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const WHAT = 'device=acme/lyon-01/till-2&measurement=disk&field=used_percent';

async function ask(query: string, headers: Record<string, string> = {}) {
  const { app, calls } = await serve();
  const url = `/api/v1/metrics/range?${query.includes('device=') ? query : `${WHAT}&${query}`}`;
  return { response: await app.inject(as('viewer', { url, headers })), calls };
}

test('a range is asked for as the query says', async () => {
  const { response, calls } = await ask(
    'from=2026-11-02T08:00:00Z&to=1793610000000&step=5m&aggregate=max&tags=path:/,device:sd,a,fstype:ext4',
  );
  const from = Date.UTC(2026, 10, 2, 8);
  expect(response.json()).toEqual({ series: [{ tags: { path: '/' }, points: [[from, 12.5]] }], stepMs: 300_000 });
  expect(calls).toEqual([
    [
      'range',
      {
        device: 'acme/lyon-01/till-2',
        measurement: 'disk',
        field: 'used_percent',
        from,
        to: 1_793_610_000_000,
        stepMs: 300_000,
        aggregate: 'max',
        tags: { path: '/', device: 'sd,a', fstype: 'ext4' },
      },
    ],
  ]);
});

test.each([
  ['', { from: NOW - 3_600_000, to: NOW, stepMs: 30_000, aggregate: 'mean' }],
  [`from=${NOW - 86_400_000}`, { from: NOW - 86_400_000, to: NOW, stepMs: 300_000 }],
  [`from=${NOW - 1000 * 86_400_000}`, { stepMs: 4 * 86_400_000 }],
  ['step=60', { stepMs: 60_000 }],
  ['step=30s', { stepMs: 30_000 }],
  ['step=1h', { stepMs: 3_600_000 }],
])('%s is completed', async (query, expected) => {
  const { calls } = await ask(query);
  expect(calls[0]?.[1]).toMatchObject(expected);
});

test.each([
  ['step=0', 'query.step'],
  ['step=5 m', 'query.step'],
  ['step=-5', 'query.step'],
  ['from=2026-11-02T08:00:00', 'query.from'],
  ['to=later', 'query.to'],
  ['tags=path', 'query.tags'],
  [`from=${NOW}&to=${NOW}`, 'query.from'],
  [`from=${NOW - 5_001_000}&step=1`, 'query.step'],
  [`${WHAT}&aggregate=median`, 'query.aggregate'],
  ['device=acme&measurement=disk&field=used_percent', 'query.device'],
  [`${WHAT}&step=1&step=2`, 'query.step'],
])('%s is refused at %s', async (query, path) => {
  const { response, calls } = await ask(query);
  expect(errorCodeOf(response)).toBe('invalid');
  expect(response.json().error.details.map((detail: { path: string }) => detail.path)).toContain(path);
  expect(calls).toEqual([]);
});

test('five thousand values are given', async () => {
  const { response } = await ask(`from=${NOW - 5_000_000}&to=${NOW}&step=1`);
  expect(response.statusCode).toBe(200);
});

test('what is missing is named, in the reader’s language', async () => {
  const { response } = await ask('device=acme/lyon-01/till-2&field=x', { 'accept-language': 'fr' });
  expect(response.json().error).toEqual({
    code: 'invalid',
    message: 'Certaines valeurs ne conviennent pas\u202f: voir le détail.',
    details: [{ path: 'query', message: 'il manque measurement' }],
  });
});
