import { expect, test } from 'vitest';
import { Inquiry } from '../../../alerting/backtest/asked.ts';
import type { DevicePast, StorePast } from '../../../alerting/backtest/ports.ts';
import { LEAD_MS, StoreReplay } from '../../../alerting/backtest/store-replay.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { PACK } from '../judge-rig.ts';

const FROM = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;
const TILL = 'demo/001/till-1' as const;
const STORE: StorePast = {
  key: 'demo/001',
  simulated: false,
  definition: { name: '001', title: 'Nantes', timeZone: 'UTC', devices: [{ name: 'till-1', kind: 'till', lane: 1 }] },
  observed: [],
  tree: undefined,
  windows: [],
  evidence: [],
  late: [],
  opened: [],
};

/** A disk that fills by 0.6 percent an hour, with a little noise, and is at 81 % when the replay begins. */
function filling(from: number, to: number): Map<DeviceKey, DevicePast> {
  const times = Float64Array.from({ length: Math.floor((to - from) / 60_000) }, (_, i) => from + i * 60_000);
  const values = times.map((at) => 81 + (0.6 * (at - FROM)) / HOUR + (((at / 60_000) * 37) % 10) / 50);
  const fields = { used_percent: values, total: values.map(() => 1e11) };
  const series = Object.entries(fields).map(([field, all]) => ({
    ...{ measurement: 'disk', tags: { path: '/', device: 'sda1' }, field, times, values: all },
  }));
  return new Map([[TILL, { heard: times, series, rollups: [] }]]);
}

function rulesThatFire(isForeseen: boolean): string[] {
  const replay = new StoreReplay(STORE, [PACK], new Inquiry([PACK]), FROM);
  const begin = FROM - LEAD_MS;
  if (isForeseen) {
    for (let day = 3; day > 0; day--) replay.foresee(filling(begin - day * 24 * HOUR, begin - (day - 1) * 24 * HOUR));
  }
  replay.take(filling(begin, FROM + 3 * HOUR), FROM + 3 * HOUR);
  const [tally] = replay.end();
  return Object.keys(tally?.byRule ?? {});
}

test('a forecast looks back before the beginning, and nothing of that time fires', () => {
  expect(rulesThatFire(true)).toEqual(['disk-foreseen']);
  expect(rulesThatFire(false)).toEqual([]);
});
