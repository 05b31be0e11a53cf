import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { hourly } from './measure.ts';

const FOLDER = new URL('measured/', import.meta.url);

/**
 * Growth as it really was, hour by hour over years: the bytes of all file versions that were ever committed to six public
 * repositories. It comes in lumps, rests, hastens and slows down, as what people and programs write does.
 */
export function measuredGrowth(): { name: string; values: number[] }[] {
  return readdirSync(FOLDER)
    .toSorted()
    .map((file) => ({ name: basename(file, '.csv'), values: hourly(readingsOf(file)) }));
}

/** Lines of hours since the last line and kilobytes added, below a heading. */
function readingsOf(file: string): [seconds: number, kilobytes: number][] {
  let seconds = 0;
  let kilobytes = 0;
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [hours = 0, added = 0] = line.split(',').map(Number);
    seconds += hours * 3600;
    kilobytes += added;
    return [seconds, kilobytes];
  });
}
