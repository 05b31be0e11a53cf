import { describe, expect, it } from 'vitest';
import { planTickets, visible } from '../../../alerting/tickets/ticket-plan.ts';
import type { EscalationLevel, IncidentView } from '../../../protocol/views.ts';
import { alertView, incidentView } from '../fixtures.ts';

const view = incidentView();
const worse = incidentView({ priority: 1, impact: 1 });
const over = incidentView({ state: 'resolved' });
const ask = (action: 'open' | 'update' | 'resolve', of: IncidentView) => ({ action, view: of });

describe('planTickets', () => {
  it.each([
    ['opens', [ask('open', view)], undefined, [ask('open', view)]],
    ['opens with the latest news', [ask('open', view), ask('update', worse)], undefined, [ask('open', worse)]],
    [
      'opens and resolves in order',
      [ask('open', view), ask('resolve', over)],
      undefined,
      [ask('open', view), ask('resolve', over)],
    ],
    [
      'updates once',
      [ask('update', worse), ask('update', incidentView({ priority: 3 }))],
      view,
      [ask('update', incidentView({ priority: 3 }))],
    ],
    ['resolves instead of updating first', [ask('update', worse), ask('resolve', over)], view, [ask('resolve', over)]],
    ['is silent where a reader would notice nothing', [ask('update', view)], view, []],
    ['opens rather than updates what no desk knows', [ask('update', worse)], undefined, [ask('open', worse)]],
    ['resolves nothing that no desk knows', [ask('resolve', over)], undefined, []],
    ['opens nothing twice', [ask('open', worse)], view, [ask('update', worse)]],
  ] as const)('%s', (_, asked, before, wanted) => {
    const plan = planTickets(asked, before && visible(before));
    expect(plan.work).toEqual(wanted);
    const last = wanted.at(-1)?.view ?? before;
    expect(plan.told).toBe(last && visible(last));
  });

  it('tells that planned work goes on for longer', () => {
    const until = (hour: string) =>
      incidentView({ maintenance: { code: 'maintenance.planned', params: { id: 'w1', until: `2026-11-23T${hour}` } } });
    const plan = planTickets([ask('update', until('09:00'))], visible(until('05:00')));
    expect(plan.work).toEqual([ask('update', until('09:00'))]);
    expect(planTickets([ask('update', until('09:00'))], plan.told).work).toEqual([]);
  });

  it('leaves what it was given as it was', () => {
    const asked = [ask('open', view), ask('update', worse)];
    planTickets(asked, undefined);
    expect(asked).toEqual([ask('open', view), ask('update', worse)]);
  });
});

describe('visible', () => {
  const reading = (value: number) =>
    incidentView({
      alerts: [alertView('till-3', { reason: { code: 'threshold.above', params: { value } } })],
      cause: { ...view.cause, reason: { code: 'threshold.above', params: { value } } },
    });

  it('is the same when only a reading moves', () => {
    expect(visible(reading(98))).toBe(visible(reading(97)));
  });

  it('is the same while a clock merely burns and costs merely grow, another once it escalates', () => {
    const clock = { startedAt: 0, targetMs: 100, burntMs: 0, at: 0, runs: true, breached: false };
    const burnt = (burntMs: number, level?: EscalationLevel) => {
      const one = { ...clock, burntMs, ...(level && { level }) };
      const loss = { at: burntMs, laneMs: burntMs, lanes: 1, blindMs: 0, blind: 0 };
      return visible(incidentView({ clocks: { respond: one, restore: clock }, loss }));
    };
    expect(burnt(40)).toBe(burnt(10));
    expect(burnt(50, 1)).not.toBe(burnt(40));
    expect(burnt(80, 2)).not.toBe(burnt(50, 1));
  });

  it('differs by the day a forecast expects, where it is told, and not by the hour', () => {
    const expects = (at: string) => {
      const params = { expectedAt: Date.parse(at), zone: 'Europe/Paris' };
      return visible(incidentView({ cause: { ...view.cause, reason: { code: 'forecast.rising', params } } }));
    };
    expect(expects('2026-03-01T22:00:00Z')).toBe(expects('2026-03-01T09:00:00Z'));
    expect(expects('2026-03-01T23:30:00Z')).not.toBe(expects('2026-03-01T22:00:00Z'));
  });

  it('differs by how many of a group are down', () => {
    const down = (bad: number) =>
      visible(incidentView({ cause: { ...view.cause, reason: { code: 'group.down', params: { bad, total: 4 } } } }));
    expect(down(4)).not.toBe(down(2));
  });

  it.each<[string, Partial<IncidentView>]>([
    ['priority', { priority: 1 }],
    ['state', { state: 'acknowledged' }],
    ['hold', { hold: { since: 1, by: 'Inès', why: 'pièce', impact: 2, severity: 'critical' } }],
    ['lanes', { lanesDown: 2 }],
    ['an alert', { alerts: [...view.alerts, alertView('till-4')] }],
    ['an alert that ends', { alerts: [alertView('till-3', { state: 'resolved' })] }],
    ['cause', { cause: { ...view.cause, target: 'demo/001/till-4' } }],
    ['fold', { fold: { code: 'fold.store-silent', params: { devices: 3 } } }],
  ])('differs by %s', (_, change) => {
    expect(visible(incidentView(change))).not.toBe(visible(view));
  });
});
