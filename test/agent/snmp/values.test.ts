import { expect, test } from 'vitest';
import { numberOf, type SnmpValue, textOf } from '../../../agent/snmp/value.ts';

const octets = (hex: string): SnmpValue => ({ type: 'octets', value: Buffer.from(hex.replaceAll(' ', ''), 'hex') });

test('octets are read as UTF-8, else as Latin-1, without the NULs of a buffer', () => {
  expect(textOf(octets('52 c3 a9 73 65 61 75 00 00'))).toBe('Réseau');
  expect(textOf(octets('52 e9 73 65 61 75'))).toBe('Réseau');
  expect(textOf(octets('41 50 43 0d 0a'))).toBe('APC');
  expect(textOf(octets('00'))).toBe('');
});

test('octets that are no text are told in hexadecimal', () => {
  expect(textOf(octets('00 1b 78 02 9c'))).toBe('001b78029c');
});

test('a text that begins with a number is that number, any other is none', () => {
  expect(numberOf({ type: 'octets', value: Buffer.from(' 23.6 C') })).toBe(23.6);
  expect(numberOf({ type: 'octets', value: Buffer.from('none') })).toBeUndefined();
  expect(numberOf({ type: 'counter64', value: 12_345_678_901n })).toBe(12_345_678_901);
  expect(numberOf({ type: 'ip', value: '10.0.0.1' })).toBeUndefined();
});

test('floats of Net-SNMP stand in opaque values', () => {
  const float = (hex: string): SnmpValue => ({ type: 'opaque', value: Buffer.from(hex, 'hex') });
  expect(numberOf(float('9f780441bc0000'))).toBe(23.5);
  expect(textOf(float('9f79084037800000000000'))).toBe('23.5');
  expect(numberOf(float('04026f6b'))).toBeUndefined();
});

test('what is not finite, or beyond all reason, is no number', () => {
  const opaque = (hex: string): SnmpValue => ({ type: 'opaque', value: Buffer.from(hex, 'hex') });
  for (const hex of ['9f78047fc00000', '9f78047f800000', '9f7908fff0000000000000', '9f79087fefffffffffffff']) {
    expect(numberOf(opaque(hex))).toBeUndefined();
    expect(textOf(opaque(hex))).toBe(hex);
  }
  expect(numberOf({ type: 'integer', value: Number.NaN })).toBeUndefined();
  expect(numberOf({ type: 'octets', value: Buffer.from('1e300') })).toBeUndefined();
});
