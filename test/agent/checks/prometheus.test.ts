import { Check } from 'typebox/schema';
import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/prometheus.ts';
import { Point } from '../../../protocol/messages.ts';
import { createFakeContext } from '../fake-context.ts';

const url = 'http://127.0.0.1:9100/metrics?token=hidden';
const shown = 'http://127.0.0.1:9100/metrics';
const BODY = `# TYPE node_load1 gauge
node_load1 0.21
node_load5 0.1
# TYPE pos_sales_total counter
pos_sales_total{lane="1",instance="x"} 10
pos_sales_total{lane="2",instance="x"} 20
# TYPE pos_open gauge
pos_open{lane="1",instance="x"} 1
# TYPE pos_latency histogram
pos_latency_bucket{le="0.1"} 3
pos_latency_bucket{le="+Inf"} 5
pos_latency_sum 0.9
pos_latency_count 5
pos_ratio NaN
go_threads 9
`;
const serving = (body = BODY, status = 200) => createFakeContext({ fetch: async () => new Response(body, { status }) });
const scrape = async (options: object, ctx = serving()) =>
  plugin.create({ url, metrics: ['node_load*', 'pos_*'], ...options })(ctx);

test('what is asked for, grouped by labels; nothing else', async () => {
  const { points, statuses } = await scrape({ dropLabels: ['inst*'] });
  expect(points).toEqual([
    { m: 'prometheus', t: { url: shown }, f: { node_load1: 0.21, node_load5: 0.1 } },
    { m: 'prometheus', t: { url: shown, lane: '1' }, f: { pos_sales_total: 10, pos_open: 1 } },
    { m: 'prometheus', t: { url: shown, lane: '2' }, f: { pos_sales_total: 20 } },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('sums and counts of a histogram, named by its family', async () => {
  const { points } = await scrape({ metrics: ['pos_latency'], sumsAndCounts: true });
  expect(points).toEqual([{ m: 'prometheus', t: { url: shown }, f: { pos_latency_sum: 0.9, pos_latency_count: 5 } }]);
});

test('labels kept by name', async () => {
  const { points } = await scrape({ metrics: ['pos_open'], labels: ['instance'] });
  expect(points[0]?.t).toEqual({ url: shown, instance: 'x' });
});

test('more than the cap is told', async () => {
  const { points, statuses } = await scrape({ maxSeries: 2 });
  expect(points.flatMap(({ f }) => Object.keys(f))).toHaveLength(2);
  expect(statuses[0]).toMatchObject({ status: 'warning', text: `${shown} gives 5 values: only 2 are taken.` });
});

test('whatever it says fits the wire', async () => {
  const long = 'x'.repeat(90);
  const body = [
    `ns:${long}a 1`,
    `ns:${long}b 2`,
    `many{${Array.from({ length: 30 }, (_, at) => `l${at}="${'v'.repeat(400)}"`).join(',')}} 3`,
    'tagged{url="other"} 4',
    ...Array.from({ length: 150 }, (_, at) => `wide_${at} ${at}`),
  ].join('\n');
  const { points } = await scrape({ metrics: ['*'] }, serving(body));
  expect(points.every((point) => Check(Point, point))).toBe(true);
  expect(points.flatMap(({ f }) => Object.values(f))).toHaveLength(154);
  expect(points.find(({ f }) => f.tagged === 4)?.t).toEqual({ url: shown, exported_url: 'other' });
});

test.each([
  ['another status', serving('', 503), 'critical', `${shown} answers 503.`],
  ['nothing asked for', serving('go_threads 9'), 'critical', `${shown} gives none of the metrics asked for.`],
  [
    'a page of something else',
    serving('pos_a 1\n<html>'),
    'warning',
    `The answer of ${shown} is too long or partly unreadable.`,
  ],
])('%s', async (_, ctx, status, text) => {
  expect((await scrape({}, ctx)).statuses).toEqual([{ check: 'the-check', status, text }]);
});

test('an endless body is bounded', async () => {
  const line = Buffer.from('pos_a 1\n'.repeat(8192));
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(line) });
  const { statuses } = await scrape({}, createFakeContext({ fetch: async () => new Response(endless) }));
  expect(statuses[0]?.status).toBe('warning');
});

test('unreachable', async () => {
  const fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
  };
  const { points, statuses } = await scrape({}, createFakeContext({ fetch }));
  expect(points).toEqual([]);
  expect(statuses[0]?.text).toBe(`${shown} cannot be reached (ECONNREFUSED).`);
});
