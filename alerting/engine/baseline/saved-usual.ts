import type { DeviceEntry } from '../state.ts';
import type { BaselineRule } from '../types.ts';
import { WeekCurve } from '../week-curve.ts';
import type { SavedSpread } from './spread.ts';
import { newUsual, type Usual } from './usual.ts';

/** What is usual in a store's row: for which rule, of what, which of them, its curve and spread, the hour being learnt. */
export type SavedUsual = [
  rule: string,
  quantity: string,
  apart: (string | null)[],
  curve: string,
  spread: SavedSpread,
  hour: [hour: number, isOrdinary: boolean, sum: number, readings: number, heardAt: number],
];

/** A window is not kept: it fills again. */
export const saveUsuals = ({ usuals = [] }: DeviceEntry): SavedUsual[] =>
  usuals.map(({ rule, apart, curve, spread, hour, isOrdinary, sum, readings, heardAt }) => [
    rule.id,
    quantityOf(rule),
    apart.map((is) => is ?? null),
    curve.save(),
    spread.save(),
    [hour, isOrdinary, sum, readings, heardAt],
  ]);

/** What was kept for rules that are gone, or that are now about another quantity, is left out. */
export function loadUsuals(device: DeviceEntry, saved: readonly SavedUsual[]): void {
  const usuals = saved.flatMap(([id, quantity, apart, curve, spread, at]): Usual[] => {
    const rule = [...device.judged.baselines.values()].flat().find((one) => one.id === id);
    const known = WeekCurve.load(curve);
    if (!rule || !known || quantityOf(rule) !== quantity) return [];
    const is = apart.map((text) => text ?? undefined);
    const [hour, isOrdinary, sum, readings, heardAt] = at;
    const usual = newUsual(rule, is, known);
    usual.spread.restore(spread);
    return [Object.assign(usual, { hour, isOrdinary, sum, readings, heardAt })];
  });
  device.usuals = usuals.length === 0 ? undefined : usuals;
}

/** All that decides which readings are learnt, and as what. */
export const quantityOf = ({ measurement, field, tags, by, window }: BaselineRule): string =>
  [measurement, field, ...Object.entries(tags).flat(), ...by, window?.aggregate ?? '', window?.seconds ?? ''].join(' ');
