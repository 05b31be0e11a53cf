import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecord, encodeRecord, scanRecords } from '../../../agent/outbox/record.ts';
import { headOf } from '../../../agent/outbox/report-head.ts';

/** Length and CRC. */
const HEADER_BYTES = 8;

const body = fc
  .record({ at: fc.nat(), text: fc.string({ unit: 'binary', maxLength: 400 }) })
  .map((value) => Buffer.from(JSON.stringify(value)));
const texts = (bodies: readonly (Uint8Array | undefined)[]) =>
  bodies.map((bytes) => Buffer.from(bytes ?? '').toString());
const textsIn = (bytes: Buffer) => texts(scanRecords(bytes).records.map(({ offset }) => decodeRecord(bytes, offset)));

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(body), (bodies) => {
      const bytes = Buffer.concat(bodies.map(encodeRecord));
      expect(textsIn(bytes)).toEqual(texts(bodies));
      expect(scanRecords(bytes).damaged).toBe(0);
    }),
  );
});

test('a report takes less on disk than it is long; what cannot be packed stays as it is', () => {
  const long = Buffer.from(JSON.stringify({ at: 1, points: Array.from({ length: 20 }, (_, i) => ({ m: 'cpu', i })) }));
  expect(encodeRecord(long).length).toBeLessThan(long.length / 2);
  expect(encodeRecord(Buffer.from('{}'))).toHaveLength(HEADER_BYTES + 2);
});

test('a start learns a packed report’s name without unpacking it; a record of an earlier version is read too', () => {
  const long = Buffer.from(JSON.stringify({ v: 1, boot: 'bootaaaa', seq: 7, at: 9, points: 'cpu '.repeat(1000) }));
  const [found] = scanRecords(encodeRecord(long)).records;
  expect(found?.head.length).toBeLessThan(200);
  expect(headOf(found?.head ?? long)).toEqual({ boot: 'bootaaaa', seq: 7, at: 9 });
  const content = Buffer.concat([Buffer.of(0x01), deflateRawSync(long)]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(content.length, 0);
  header.writeUInt32LE(crc32(content), 4);
  const earlier = Buffer.concat([header, content]);
  expect(textsIn(earlier)).toEqual(texts([long]));
  expect(headOf(scanRecords(earlier).records[0]?.head ?? Buffer.of())).toEqual({ boot: 'bootaaaa', seq: 7, at: 9 });
});

test('a torn tail takes only the record it cuts, and is no damage', () => {
  fc.assert(
    fc.property(fc.array(body), body, fc.nat(), (bodies, last, at) => {
      const record = encodeRecord(last);
      const torn = record.subarray(0, at % record.length);
      const bytes = Buffer.concat([...bodies.map(encodeRecord), torn]);
      expect(textsIn(bytes)).toEqual(texts(bodies));
      expect(scanRecords(bytes).damaged).toBe(0);
    }),
  );
});

test('one flipped byte costs one record; those around it are found again', () => {
  fc.assert(
    fc.property(
      fc.array(body, { minLength: 1 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bodies, which, at, mask) => {
        const records = bodies.map(encodeRecord);
        const index = which % records.length;
        const hit = records[index] as Buffer;
        const place = at % hit.length;
        hit[place] = (hit[place] as number) ^ mask;
        const bytes = Buffer.concat(records);
        const scan = scanRecords(bytes);
        expect(textsIn(bytes)).toEqual(texts(bodies.toSpliced(index, 1)));
        // A length that runs past the end looks like a torn tail.
        if (index < records.length - 1 || place >= HEADER_BYTES + 1) expect(scan.damaged).toBe(1);
      },
    ),
  );
});

test('any bytes are read without a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(scanRecords(Buffer.from(bytes)).records).toEqual([]);
    }),
  );
  expect(scanRecords(Buffer.alloc(4096))).toEqual({ records: [], damaged: 1 });
});
