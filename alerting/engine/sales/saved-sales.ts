import type { DeviceEntry } from '../state.ts';
import { WeekCurve } from '../week-curve.ts';
import { newSalesWatch, type SalesWatch } from './watch.ts';

/** The figures of a watch, in the order they are kept. */
const FIGURES = [
  'excess',
  'squares',
  'hour',
  'sold',
  'seenMs',
  'foreseen',
  'total',
  'heardAt',
  'soldAt',
  'expected',
  'hourExpected',
  'unlikely',
  'longest',
  'second',
  'lately',
  'latelyExpected',
] as const satisfies readonly (keyof SalesWatch)[];

/** Of what, its curve, its figures. */
export type SavedSales = [reading: string, curve: string, figures: (number | null)[]];

export function saveSales({ rule, curve, ...watch }: SalesWatch): SavedSales {
  return [readingOf(rule), curve.save(), FIGURES.map((name) => (Number.isNaN(watch[name]) ? null : watch[name]))];
}

/** What was kept of another reading is left out. */
export function loadSales(device: DeviceEntry, [reading, saved, figures]: SavedSales): void {
  const rule = device.judged.sales;
  const curve = WeekCurve.load(saved);
  if (!rule || !curve || reading !== readingOf(rule)) return;
  const known = Object.fromEntries(FIGURES.map((name, at) => [name, figures[at] ?? Number.NaN]));
  device.sales = { ...newSalesWatch(rule), curve, ...known };
}

/** What its curve was learnt from. */
export const readingOf = ({ measurement, field }: SalesWatch['rule']): string => `${measurement} ${field}`;
