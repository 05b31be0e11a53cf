import type { Skip } from '../profile.ts';
import { numberOf, textOf } from '../value.ts';
import { addressOf, lookUp } from './address.ts';
import { pattern } from './pattern.ts';
import type { Row, Snapshot } from './snapshot.ts';

/** Is the row left out? */
export const isSkipped = (skips: readonly Skip[] | undefined, snapshot: Snapshot, row: Row): boolean =>
  skips?.some((skip) => holds(skip, snapshot, row)) ?? false;

function holds(skip: Skip, snapshot: Snapshot, row: Row): boolean {
  const { oid, is, not, matches, below, above, missing, index, answers } = skip;
  if (index !== undefined && pattern(index).test(row.index)) return true;
  if (answers && oid !== undefined) return snapshot.rows(oid).length > 0;
  const value = oid === undefined ? row.value : lookUp(snapshot, addressOf(oid), row);
  if (value === undefined) return missing ?? false;
  const [text, number] = [textOf(value), numberOf(value)];
  const isOne = (wanted: number | string) => (typeof wanted === 'number' ? number === wanted : text === wanted);
  return (
    (is?.some(isOne) ?? false) ||
    (not !== undefined && !not.some(isOne)) ||
    (matches !== undefined && pattern(matches).test(text)) ||
    (below !== undefined && number !== undefined && number < below) ||
    (above !== undefined && number !== undefined && number > above)
  );
}
