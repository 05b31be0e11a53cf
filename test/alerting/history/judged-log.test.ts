import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../alerting/engine/types.ts';
import { JudgedLog } from '../../../alerting/history/judged-log.ts';
import type { Status } from '../../../protocol/status.ts';

const TILL = 'demo/001/till-1';
const report = (...told: [check: string, status: Status][]): Extract<EngineEvent, { kind: 'report' }> => ({
  kind: 'report',
  device: TILL,
  at: 0,
  late: false,
  points: [],
  statuses: told.map(([check, status]) => ({ check, status })),
});

/** What is written for reports at these seconds, as `check status everyS`. */
function written(reports: Record<number, Extract<EngineEvent, { kind: 'report' }>>, log = new JudgedLog()): string[] {
  for (const [second, event] of Object.entries(reports)) log.checked(event, Number(second) * 1000);
  return (log.take() ?? []).map((row) =>
    row.kind === 'status' ? `${row.at / 1000} ${row.told.check} ${row.told.status} ${row.everyS ?? '-'}` : row.kind,
  );
}

describe('what is written down beside readings', () => {
  test('nothing of checks that say ok', () => {
    expect(written({ 1: report(['disk', 'ok']), 2: report(['disk', 'ok'], ['net', 'ok']) })).toEqual([]);
  });

  test('a check that fails, how often it says so, and that it is well again', () => {
    const bad = report(['disk', 'critical']);
    const reports = { 0: report(['disk', 'ok']), 60: bad, 120: bad, 180: bad, 240: report(['disk', 'ok']) };
    expect(written({ ...reports, 300: report(['disk', 'ok']) })).toEqual([
      '60 disk critical -',
      '120 disk critical 60',
      '240 disk ok 60',
    ]);
  });

  test('a check that changes its mind, and one whose pace changes', () => {
    const bad = report(['net', 'warning']);
    expect(written({ 0: bad, 60: report(['net', 'critical']), 120: bad, 180: bad, 480: bad })).toEqual([
      '0 net warning -',
      '60 net critical 60',
      '120 net warning 60',
      '480 net warning 300',
    ]);
  });

  test('a start is told for each store, and what fails is told anew after it', () => {
    const log = new JudgedLog();
    expect(written({ 0: report(['net', 'warning']) }, log)).toHaveLength(1);
    log.started(['demo/001', 'demo/002'], [[TILL, 'disk']], 5, 9);
    expect(log.take()).toEqual([
      { kind: 'started', store: 'demo/001', at: 9, unwatchedFrom: 5 },
      { kind: 'started', store: 'demo/002', at: 9, unwatchedFrom: 5 },
    ]);
    const told = report(['net', 'warning'], ['disk', 'ok']);
    expect(written({ 1: told, 2: told }, log)).toEqual(['1 net warning -', '1 disk ok -', '2 net warning 1']);
    expect(log.take()).toBeUndefined();
  });

  test('a device that has left is forgotten: what fails on one that bears its name later is told anew', () => {
    const log = new JudgedLog();
    const bad = report(['disk', 'critical']);
    expect(written({ 0: bad, 60: bad, 120: bad }, log)).toEqual(['0 disk critical -', '60 disk critical 60']);
    log.forget(TILL);
    expect(written({ 180: bad }, log)).toEqual(['180 disk critical -']);
  });

  test('checks of one device have a bound', () => {
    const many = Array.from({ length: 500 }, (_, i): [string, Status] => [`check-${i}`, 'critical']);
    expect(written({ 0: report(...many) })).toHaveLength(200);
  });
});
