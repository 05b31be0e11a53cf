import { textOf } from '../value.ts';
import { addressOf, lookUp, oidsOf } from './address.ts';
import type { Row, Snapshot } from './snapshot.ts';

const PLACE = /\{([^{}]+)\}/g;
const INDEX = /^index(?:\.(-?\d+))?$/;

/** Every OID a template names. */
export function oidsIn(template: string): string[] {
  return Array.from(template.matchAll(PLACE), ([, place = '']) => place)
    .filter((place) => !INDEX.test(place))
    .flatMap((place) => oidsOf(addressOf(place)));
}

/** A template as the row has it; what the device does not tell is empty. */
export function fillTemplate(template: string, snapshot: Snapshot, row: Pick<Row, 'index'>): string {
  return tidy(template.replace(PLACE, (_, place: string) => placeText(place, snapshot, row) ?? ''));
}

/** The same, where every part of it is told. */
export function fillWhole(template: string, snapshot: Snapshot, row: Pick<Row, 'index'>): string | undefined {
  let isWhole = true;
  const text = template.replace(PLACE, (_, place: string) => {
    const part = placeText(place, snapshot, row);
    if (!part) isWhole = false;
    return part ?? '';
  });
  return isWhole ? tidy(text) : undefined;
}

function placeText(place: string, snapshot: Snapshot, row: Pick<Row, 'index'>): string | undefined {
  const index = INDEX.exec(place);
  if (index) return index[1] === undefined ? row.index : numberAt(row.index, Number(index[1]));
  const value = lookUp(snapshot, addressOf(place), row);
  return value && textOf(value);
}

const numberAt = (index: string, at: number) => index.split('.').at(at < 0 ? at : at - 1);
const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
