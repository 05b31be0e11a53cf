import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTime } from '../../../cli/detect/read-time.ts';

it.each([
  ['2026-05-04T10:30:00Z', '2026-05-04T10:30:00.000Z'],
  ['2026-05-04 10:30:00', '2026-05-04T10:30:00.000Z'],
  ['2026-05-04 10:30', '2026-05-04T10:30:00.000Z'],
  ['2026-05-04', '2026-05-04T00:00:00.000Z'],
  ['2026/05/04 10:30:00', '2026-05-04T10:30:00.000Z'],
  ['2026-05-04T10:30:00.250+02:00', '2026-05-04T08:30:00.250Z'],
  ['2026-05-04 10:30:00,5', '2026-05-04T10:30:00.500Z'],
  ['2026-05-04T10:30:00-0330', '2026-05-04T14:00:00.000Z'],
  ['1777890600', '2026-05-04T10:30:00.000Z'],
  ['1777890600.5', '2026-05-04T10:30:00.500Z'],
  ['1777890600000', '2026-05-04T10:30:00.000Z'],
  ['0', '1970-01-01T00:00:00.000Z'],
])('%s is %s', (text, iso) => expect(new Date(readTime(text)).toISOString()).toBe(iso));

it.each([
  '',
  'yesterday',
  '2026-13-01',
  '2026-02-30 10:00:00',
  '2026-05-04 24:01',
  '10:30:00',
  '04/05/2026',
  'NaN',
  '1e9',
])('"%s" is no time', (text) => expect(readTime(text)).toBeNaN());

it('reads what a Date writes', () => {
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (each) => {
      expect(readTime(each.toISOString())).toBe(each.getTime());
    }),
  );
});
