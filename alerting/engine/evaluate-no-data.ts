import type { Reason } from '../../protocol/reasons.ts';
import { applySample, findAlert, fireAlert, hasNoData, raiseAlert, resolveAlert } from './alerts.ts';
import { mayFire } from './evaluate-opening.ts';
import { isInMaintenance, releasedAt } from './maintenance/suppress.ts';
import { evidenceOf } from './presence.ts';
import { apartTags, forgetSeries, readingOf } from './series.ts';
import type { DeviceEntry, Series, StoreEntry, Turn } from './state.ts';
import { noteDurable } from './turn.ts';

/*
 * A device is heard, and something it used to tell stays away: a check that was unplugged, a sensor that died. A device
 * that is not heard is judged by its silence alone, and what it tells is due anew when it is back. So it is when planned work on it is over.
 */

/** What has stayed away for so long after its time is no longer measured, on purpose. */
const FORGET_MS = 7 * 24 * 3_600_000;

/** Answers for everything that has stayed away for as long as its rule says. */
export function judgeNoData(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) {
    if (device.series === undefined || evidenceOf(device) !== 'heard' || isInMaintenance(device, turn.now)) continue;
    for (const series of [...device.series]) judgeSeries(device, series, turn);
  }
}

/** When `judgeNoData` has to look at the device again. Opening wakes the store by itself, and planned work does. */
export function noDataDueAt(device: DeviceEntry, now: number): number {
  let dueAt = Number.POSITIVE_INFINITY;
  if (device.series === undefined || evidenceOf(device) !== 'heard' || isInMaintenance(device, now)) return dueAt;
  const released = releasedAt(device, now);
  for (const { rule, heardAt } of device.series) {
    if (!rule.noData) continue;
    const afterMs = rule.noData.afterS * 1000;
    const missingAt = Math.max(heardAt, released) + afterMs;
    dueAt = Math.min(dueAt, now < missingAt ? missingAt : heardAt + afterMs + FORGET_MS);
  }
  return dueAt;
}

/** A reading came that says nothing yet: it is enough to end what its absence had raised. */
export function tellAgain(device: DeviceEntry, { rule, instance }: Series, turn: Turn): void {
  const alert = findAlert(device, rule, instance);
  if (alert && hasNoData(alert)) applySample(device, rule, instance, 'between', alert.view.reason, turn);
}

function judgeSeries(device: DeviceEntry, series: Series, turn: Turn): void {
  const { rule, instance, heardAt } = series;
  if (!rule.noData) return;
  const afterMs = rule.noData.afterS * 1000;
  if (turn.now < Math.max(heardAt, releasedAt(device, turn.now)) + afterMs) return;
  const known = findAlert(device, rule, instance);
  if (turn.now >= heardAt + afterMs + FORGET_MS) {
    forgetSeries(device, series);
    noteDurable(turn, device.store);
    if (known && hasNoData(known)) resolveAlert(known, { code: 'no-longer-watched' }, turn);
  } else if (rule.noData.does === 'resolve') {
    if (known) resolveAlert(known, reasonOf(series, turn.now), turn);
  } else if (known?.view.state !== 'firing') {
    const reason = reasonOf(series, turn.now);
    const alert = known ?? raiseAlert(device, rule, instance, reason, turn);
    if (alert && mayFire(device, rule, turn.now)) fireAlert(alert, reason, turn);
  }
}

function reasonOf({ rule, instance, tags, heardAt }: Series, now: number): Reason {
  const seconds = Math.round((now - heardAt) / 1000);
  if (rule.type === 'status') return { code: 'no-data.check', params: { check: instance, seconds } };
  return { code: 'no-data.reading', params: { reading: readingOf(rule, apartTags(rule, tags)), seconds } };
}
