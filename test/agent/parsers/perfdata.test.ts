import { expect, test } from 'vitest';
import { parsePerfdata, parsePluginOutput, parseRange } from '../../../agent/parsers/perfdata.ts';

test.each([
  ['10', { low: 0, high: 10, isInside: false }],
  ['10:', { low: 10, isInside: false }],
  ['~:10', { high: 10, isInside: false }],
  ['10:20', { low: 10, high: 20, isInside: false }],
  ['@10:20', { low: 10, high: 20, isInside: true }],
  ['-5.5:-1', { low: -5.5, high: -1, isInside: false }],
  [':10', { low: 0, high: 10, isInside: false }],
  ['', undefined],
  ['~', undefined],
  ['1:2:3', undefined],
  ['warm', undefined],
])('range %j', (written, expected) => expect(parseRange(written)).toEqual(expected));

test('units, thresholds and bounds', () => {
  expect(parsePerfdata("time=0.002722s;;;0.000000;10.000000 size=451B;;;0 '/'=12.5%;20;10;0;100 c=7c")).toEqual([
    { label: 'time', unit: 's', value: 0.002722, min: 0, max: 10 },
    { label: 'size', unit: 'B', value: 451, min: 0 },
    {
      label: '/',
      unit: '%',
      value: 12.5,
      warning: { low: 0, high: 20, isInside: false },
      critical: { low: 0, high: 10, isInside: false },
      min: 0,
      max: 100,
    },
    { label: 'c', unit: 'c', value: 7 },
  ]);
});

test('quoted labels hold spaces, signs and doubled quotes', () => {
  expect(parsePerfdata("'Free = C:\\ it''s full'=1,5GB 'a|b;c'=-2").map(({ label, value }) => [label, value])).toEqual([
    ["Free = C:\\ it's full", 1.5],
    ['a|b;c', -2],
  ]);
});

test('what is unknown or broken is skipped', () => {
  expect(parsePerfdata('a=U;1;2 =3 b= c=x d=1e3 e')).toEqual([{ label: 'd', unit: '', value: 1000 }]);
});

test('long output: text and data on further lines', () => {
  const output = parsePluginOutput(`DISK OK - free | a=1
/home is fine
/var is fine | b=2
c=3`);
  expect(output.firstLine).toBe('DISK OK - free');
  expect(output.longText).toBe('/home is fine\n/var is fine');
  expect(output.values.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
});
