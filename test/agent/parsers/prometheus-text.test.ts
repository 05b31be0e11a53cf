import { expect, test } from 'vitest';
import { parseScrape, partOf } from '../../../agent/parsers/prometheus-text.ts';

const all = () => true;

test('samples with and without labels, a time behind them, special values', () => {
  const { samples, types, unreadable } = parseScrape(
    `# HELP pos_sales_total Sales.
# TYPE pos_sales_total counter
pos_sales_total{lane="3",kind="a\\"b\\\\c\\nd",} 1027 1395066363000
pos:up 1
pos_low -4.5e-3
pos_inf{} +Inf
pos_nan NaN
`,
    all,
  );
  expect(samples).toEqual([
    { name: 'pos_sales_total', labels: { lane: '3', kind: 'a"b\\c\nd' }, value: 1027 },
    { name: 'pos:up', labels: {}, value: 1 },
    { name: 'pos_low', labels: {}, value: -0.0045 },
    { name: 'pos_inf', labels: {}, value: Number.POSITIVE_INFINITY },
    { name: 'pos_nan', labels: {}, value: Number.NaN },
  ]);
  expect(types.get('pos_sales_total')).toBe('counter');
  expect(unreadable).toBe(0);
});

test('lines that are none are counted, unless their name is not wanted', () => {
  const text = 'a{b="c} 1\na 1 2 3\n<html>\na\na{b=c} 1\nother{ x\na{x="1"} 2';
  const { samples, unreadable } = parseScrape(text, (name) => name === 'a');
  expect(samples).toEqual([{ name: 'a', labels: { x: '1' }, value: 2 }]);
  expect(unreadable).toBe(5);
});

test('which part of a family a sample is', () => {
  const { types } = parseScrape('# TYPE h histogram\n# TYPE s summary\n# TYPE g_count gauge\n', all);
  expect(partOf('h_bucket', types)).toEqual({ family: 'h', type: 'histogram', part: 'bucket' });
  expect(partOf('s_sum', types)).toEqual({ family: 's', type: 'summary', part: 'sum' });
  expect(partOf('s', types)).toEqual({ family: 's', type: 'summary', part: 'quantile' });
  expect(partOf('g_count', types)).toEqual({ family: 'g_count', type: 'gauge', part: '' });
  expect(partOf('x_sum', types)).toEqual({ family: 'x_sum', type: 'untyped', part: '' });
});
