import { expect, test } from 'vitest';
import { decodeStatus, isWholeStatus, PRINTER_FLAGS, STATUS_QUESTION } from '../../../agent/parsers/escpos-status.ts';

const WELL = [0x12, 0x12, 0x12, 0x12] as const;
const flagsOf = (bytes: readonly number[]) => {
  const status = decodeStatus(Uint8Array.from(bytes));
  return status && PRINTER_FLAGS.filter((flag) => status[flag]);
};

test('the question is DLE EOT 1 to 4, and nothing that prints', () => {
  expect([...STATUS_QUESTION]).toEqual([16, 4, 1, 16, 4, 2, 16, 4, 3, 16, 4, 4]);
});

// Bits by their hexadecimal value in Epson's reference.
test.each([
  [0, 0x04, 'drawer_pin_high'],
  [0, 0x08, 'offline'],
  [0, 0x20, 'waiting_online_recovery'],
  [0, 0x40, 'feed_pressed'],
  [1, 0x04, 'cover_open'],
  [1, 0x08, 'feeding'],
  [1, 0x20, 'paper_stop'],
  [1, 0x40, 'error'],
  [2, 0x04, 'recoverable_error'],
  [2, 0x08, 'cutter_error'],
  [2, 0x20, 'unrecoverable_error'],
  [2, 0x40, 'auto_recoverable_error'],
  [3, 0x0c, 'paper_near_end'],
  [3, 0x60, 'paper_end'],
])('answer %i, bits %i: %s', (at, bits, flag) => {
  const bytes: number[] = [...WELL];
  bytes[at] = 0x12 | bits;
  expect(flagsOf(bytes)).toEqual([flag]);
});

test('a printer in good order', () => expect(flagsOf(WELL)).toEqual([]));

test('one bit of a sensor’s two is no finding', () => {
  expect(flagsOf([0x12, 0x12, 0x12, 0x12 | 0x04 | 0x40])).toEqual([]);
});

test('bytes of other kinds between the answers are left out', () => {
  // An automatic status (GS a) begins 0x10 or 0x14; XON is 0x11.
  expect(flagsOf([0x14, 0x00, 0x00, 0x0f, 0x11, 0x12, 0x16, 0x12, 0x12])).toEqual(['cover_open']);
});

test('fewer than four answers say nothing', () => {
  expect(isWholeStatus(Uint8Array.of(0x12, 0x12, 0x12))).toBe(false);
  expect(isWholeStatus(Uint8Array.from(WELL))).toBe(true);
  expect(decodeStatus(Uint8Array.of(0x12, 0x12, 0x12))).toBeUndefined();
});
