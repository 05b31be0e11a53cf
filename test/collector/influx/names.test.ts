import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownName, ownRollup, ownText, storedName, storedRollup, storedText } from '../../../collector/influx/names.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'n', '\\', ' ', ',', '=', '"', "'", '␛', '\n', '\r', '\0', 'é', '🛒'),
});
const name = fc.oneof(
  fc.constantFrom('time', 'host', 'chain', 'store', '_field', 'tag_time', 'tag_tag_host', 'field_time', 'tag_x', 'x'),
  fc.string({
    unit: fc.constantFrom('_', 'min', 'max', 'sum', 'count', 'last', 'x', 'tag_', 'field_', 'time'),
    minLength: 1,
  }),
);

test('every text comes back as it was, and has nothing in it that line protocol can’t bear', () => {
  fc.assert(
    fc.property(text, (one) => {
      const stored = storedText(one);
      expect(ownText(stored)).toBe(one);
      expect(stored).not.toMatch(/^$|[\n\r\0]|\\(?:[,= \\]|$)/);
    }),
    { numRuns: 2_000 },
  );
});

test('every name comes back as it was, and clashes with none of ours', () => {
  fc.assert(
    fc.property(name, fc.constantFrom('tag', 'field'), (one, kind) => {
      const stored = storedName(kind, one);
      expect(ownName(kind, stored)).toBe(one);
      expect(stored).not.toMatch(/^(?:time|chain|store|host|_.*)$/);
    }),
    { numRuns: 2_000 },
  );
});

test('no column of one field’s roll-up is one of another’s', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 5 }), (fields) => {
      const columns = fields.flatMap((field) => {
        const stored = storedRollup(field);
        expect(ownRollup(stored)).toBe(field);
        return [stored, ...['min', 'max', 'sum', 'count', 'last'].map((part) => `${stored}_${part}`)];
      });
      expect(new Set(columns).size).toBe(columns.length);
    }),
    { numRuns: 2_000 },
  );
});
