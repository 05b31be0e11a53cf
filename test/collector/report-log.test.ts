import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameReports, type LoggedReport, readFrames } from '../../collector/report-log.ts';
import type { DeviceKey } from '../../protocol/names.ts';

test('no reports make no row', () => {
  expect(frameReports([])).toBeUndefined();
});

test('what was framed is read again, byte for byte', () => {
  const report = fc.record({
    device: fc.string({ minLength: 1, maxLength: 40 }).map((name) => `c/s/${name}` as DeviceKey),
    skewMs: fc.double({ noNaN: true }),
    payload: fc.uint8Array({ maxLength: 400 }),
  });
  fc.assert(
    fc.property(fc.array(report, { minLength: 1, maxLength: 20 }), (reports: LoggedReport[]) => {
      const frames = frameReports(reports) as Uint8Array;
      const back = [...readFrames(frames)].map((one) => ({ ...one, payload: Uint8Array.from(one.payload) }));
      expect(back).toEqual(reports.map((one) => ({ ...one, device: Buffer.from(one.device).toString() })));
    }),
  );
});

test('a row is packed, and one that an earlier version left unpacked is read as well', () => {
  const payload = Buffer.from(JSON.stringify({ v: 1, points: Array.from({ length: 50 }, () => ({ m: 'cpu' })) }));
  const reports: LoggedReport[] = Array.from({ length: 100 }, () => ({ device: 'c/s/d', skewMs: 5, payload }));
  const frames = frameReports(reports) as Uint8Array;
  expect(frames.byteLength).toBeLessThan((100 * payload.byteLength) / 8);
  const unpacked = zstdDecompressSync(frames);
  expect([...readFrames(unpacked)]).toEqual([...readFrames(frames)]);
  expect([...readFrames(unpacked)]).toHaveLength(100);
});
