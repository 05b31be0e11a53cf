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
