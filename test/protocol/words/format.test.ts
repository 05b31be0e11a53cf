import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../protocol/words/index.ts';

const fr = formatOf('fr');
const en = formatOf('en');
const at = Date.UTC(2026, 10, 22, 21, 5, 9);

describe('format', () => {
  it.each([
    ['percent', fr.percent(98.2), '98,2\u202f%', en.percent(98.2), '98.2%'],
    ['thousands', fr.number(12_345.678), '12\u202f345,7', en.number(12_345.678), '12,345.7'],
    ['bytes', fr.bytes(512), '512\u00a0o', en.bytes(512), '512\u00a0B'],
    ['gigabytes', fr.bytes(8 * 1024 ** 3), '8\u00a0Go', en.bytes(8 * 1024 ** 3), '8\u00a0GB'],
    ['never 1,000 of a unit', fr.bytes(1023), '1\u00a0Ko', en.bytes(1023 * 1024), '1\u00a0MB'],
    ['line', fr.amount(2_500_000_000, 'bits/s'), '2,5\u00a0Gbit/s', en.amount(940, 'bits/s'), '940\u00a0bit/s'],
    ['rate', fr.amount(2048, 'bytes/s'), '2\u00a0Ko/s', en.amount(2048, 'bytes/s'), '2\u00a0KB/s'],
    ['milliseconds', fr.amount(250, 'milliseconds'), '250\u00a0ms', en.amount(1500, 'milliseconds'), '1.5\u00a0s'],
    ['seconds', fr.duration(45), '45\u00a0s', en.duration(0.25), '250\u00a0ms'],
    ['minutes', fr.duration(720), '12\u00a0min', en.duration(95), '1\u00a0min\u00a035\u00a0s'],
    ['hours', fr.duration(3 * 3600 + 300), '3\u00a0h\u00a005\u00a0min', en.duration(7200), '2\u00a0h'],
    ['days', fr.duration(52 * 3600), '2\u00a0j\u00a04\u00a0h', en.duration(48 * 3600), '2\u00a0d'],
    ['bool', fr.amount(1, 'bool'), 'oui', en.amount(0, 'bool'), 'no'],
    [
      'nanoseconds',
      fr.amount(-72e9, 'nanoseconds'),
      '-1\u00a0min\u00a012\u00a0s',
      en.amount(3e11, 'nanoseconds'),
      '5\u00a0min',
    ],
    ['celsius', fr.amount(41.5, 'celsius'), '41,5\u00a0°C', en.amount(41.5, 'celsius'), '41.5\u00a0°C'],
    ['load', fr.amount(1.234, 'load'), '1,23', en.amount(1.234, 'load'), '1.23'],
  ])('%s', (_, french, frenchWanted, english, englishWanted) => {
    expect(french).toBe(frenchWanted);
    expect(english).toBe(englishWanted);
  });

  it('tells the time where the store is, on 24 hours', () => {
    expect(fr.time(at, 'Europe/Paris')).toBe('22:05');
    expect(en.time(at, 'Indian/Reunion')).toBe('01:05');
    expect(fr.dateTime(at, 'Indian/Reunion')).toBe('23 nov. 2026, 01:05');
    expect(en.dateTime(at, 'Europe/Paris')).toBe('22 Nov 2026, 22:05');
    expect(fr.moment(at, 'Indian/Reunion')).toBe('23 nov. à 01:05');
    expect(en.moment(at, 'Nowhere/Else')).toBe('22 Nov, 21:05');
    expect(fr.time(Date.UTC(2026, 0, 1, 0, 0), 'UTC')).toBe('00:00');
  });

  it('names no time zone for the reader to guess', () => {
    expect(() => fr.time(at, 'Mars/Olympus')).toThrow(RangeError);
  });
});
