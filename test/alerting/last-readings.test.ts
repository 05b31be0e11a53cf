import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LastReadingsBook } from '../../alerting/last-readings.ts';
import { ticketText } from '../../alerting/tickets/ticket-text.ts';
import type { Point } from '../../protocol/messages.ts';
import { incidentView } from './fixtures.ts';
import { JudgeRig } from './judge-rig.ts';

const POINTS: Point[] = [
  { m: 'cpu', t: { cpu: 'cpu0' }, f: { usage_active: 99 } },
  { m: 'cpu', t: { cpu: 'cpu-total' }, f: { usage_active: 12.34, usage_user: 50 } },
  { m: 'mem', f: { used_percent: 55 } },
  { m: 'disk', t: { path: '/' }, f: { used_percent: 40 } },
  { m: 'disk', t: { path: '/data' }, f: { used_percent: 97 } },
  { m: 'other', f: { used_percent: 1 } },
];
const VALUES = [
  { reading: 'cpu usage_active', value: 12.3, unit: 'percent' },
  { reading: 'mem used_percent', value: 55, unit: 'percent' },
  { reading: 'disk used_percent', value: 97, unit: 'percent' },
];

describe('the last readings of a device', () => {
  it('are the worst of each kind, of its last report that has any', () => {
    const book = new LastReadingsBook();
    book.note('demo/001/till-1', 1, [{ m: 'cpu', f: { usage_active: 80 } }]);
    book.note('demo/001/till-1', 2, POINTS);
    book.note('demo/001/till-1', 3, [{ m: 'other', f: { x: 1 } }]);
    expect(book.of('demo/001/till-1')).toEqual({ at: 2, values: VALUES });
    expect(book.of('demo/001/till-2')).toBeUndefined();
    book.forget('demo/001/till-1');
    expect(book.of('demo/001/till-1')).toBeUndefined();
  });

  it('stand in the ticket in its language, with when they were told', () => {
    const view = incidentView({ lastReadings: { at: Date.UTC(2026, 10, 22, 20, 3), values: VALUES } });
    const context = { timeZoneOf: () => 'Europe/Paris' };
    expect(ticketText(view, 'fr', context)).toMatch(
      /Derniers relevés \(22 nov\. 2026, 21:03\)\s: Processeur occupé 12,3\s%, Mémoire utilisée 55\s%, Disque utilisé 97\s%/,
    );
    expect(ticketText(view, 'en', context)).toMatch(
      /Last readings \(22 Nov 2026, 21:03\): CPU busy 12\.3%, .*Disk used 97%/,
    );
  });
});

describe('the judge', () => {
  let rig: JudgeRig;
  beforeEach(async () => {
    rig = await JudgeRig.open();
    await rig.birth();
    await rig.pass(300);
  });
  afterEach(() => rig.close());

  it('gives those who are told the last readings of the device at fault, and keeps them nowhere else', async () => {
    const device = 'demo/001/till-1';
    const report = { kind: 'report', device, at: rig.now, late: false, points: POINTS, statuses: [] } as const;
    await rig.feed(report);
    await rig.feed({ ...report, at: rig.now - 1, late: true, points: [{ m: 'mem', f: { used_percent: 1 } }] });
    const at = rig.now;
    await rig.hear('lost', device);
    await rig.pass(60);
    const [work] = rig.judgements.flatMap(({ writes }) => writes.tickets);
    expect(work?.view).toMatchObject({ lastReadings: { at, values: VALUES } });
    expect(rig.incident(1)).not.toHaveProperty('lastReadings');
  });
});
