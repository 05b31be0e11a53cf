import { expect, test } from 'vitest';
import { processedCount, trapperFrame } from './peers/trapper.ts';

test('a frame is flag, length and JSON', () => {
  const frame = trapperFrame([{ host: 'h', key: 'k', value: '1' }]);
  expect(frame.subarray(0, 5).toString('latin1')).toBe('ZBXD\u0001');
  expect(frame.readUInt32LE(5)).toBe(frame.length - 13);
  expect(JSON.parse(frame.toString('utf8', 13))).toEqual({
    request: 'sender data',
    data: [{ host: 'h', key: 'k', value: '1' }],
  });
});

test('an answer says how many values were taken', () => {
  const head = 'ZBXD\u0001'.padEnd(13, '\0');
  const info = '{"response":"success","info":"processed: 20; failed: 0; total: 20; seconds spent: 0.0001"}';
  expect(processedCount(Buffer.from(head + info))).toBe(20);
  expect(processedCount(Buffer.from(''))).toBe(0);
});
