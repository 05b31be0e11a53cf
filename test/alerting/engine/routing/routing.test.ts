import { describe, expect, it } from 'vitest';
import { createRouting, desksNowhere } from '../../../../alerting/engine/routing/routing.ts';
import type { Route, RoutingRules } from '../../../../alerting/engine/routing/rules.ts';
import type { Store } from '../../../../protocol/inventory.ts';
import { incidentView, majorView } from '../../fixtures.ts';

const store: Store = {
  ...{ name: '001', title: 'Nantes', region: 'Ouest', timeZone: 'Europe/Paris' },
  hours: { mon: ['08:30-20:00'], tue: ['08:30-20:00'] },
  devices: [{ name: 'till-3', kind: 'till', lane: 3 }],
};
/** Monday 23 November 2026, 10:00 in Paris. */
const OPEN_AT = Date.UTC(2026, 10, 23, 9);
/** The same day, 23:30 in Paris. */
const CLOSED_AT = Date.UTC(2026, 10, 23, 22, 30);
const title = { fr: 'Caisse muette', en: 'Silent till' };

function route(
  rules: RoutingRules,
  view = incidentView() as Parameters<ReturnType<typeof createRouting>>[0],
  at = OPEN_AT,
) {
  const routing = createRouting(
    rules,
    { west: { regions: ['ouest'] }, south: { regions: ['sud'] } },
    {
      desks: ['rt', 'mail', 'pager'],
      takeDigests: ['mail'],
      onCall: (calendar, when) => (calendar === 'network' && when === at ? 'Inès' : undefined),
    },
  );
  return routing(view, 'chain' in view ? undefined : store, at);
}

const by = (when: Route['when'], rest: Partial<Route> = {}): RoutingRules => ({
  routes: [{ id: 'first', when, desks: ['rt'], ...rest }],
});
const ALL = ['rt', 'mail', 'pager'];

describe('who hears of an incident', () => {
  it('is every desk where no route fits', () => {
    expect(route({})).toEqual({ desks: ALL });
    expect(route(by({ chains: ['other'] })).desks).toEqual(ALL);
  });

  it.each<[string, Route['when']]>([
    ['chain', { chains: ['de*'] }],
    ['region, in any case', { regions: ['OUEST'] }],
    ['group', { groups: ['south', 'west'] }],
    ['kind of the device at fault', { kinds: ['till'] }],
    ['rule', { rules: ['sil*'] }],
    ['cause', { causes: ['presence.*'] }],
    ['priority', { priorities: [1, 2] }],
    ['hours of the store', { hours: 'open' }],
    ['hours of one’s own', { hours: { mon: ['09:00-12:00'] } }],
  ])('is chosen by %s', (_, when) => {
    expect(route(by(when)).desks).toEqual(['rt']);
  });

  it.each<[string, Route['when']]>([
    ['chain', { chains: ['de'] }],
    ['group', { groups: ['south'] }],
    ['kind', { kinds: ['server', 'store'] }],
    ['priority', { priorities: [3] }],
    ['hours of the store', { hours: 'closed' }],
    ['hours of one’s own', { hours: { mon: ['12:00-09:00'] } }],
    ['one of two', { chains: ['demo'], rules: ['disk-*'] }],
  ])('is not chosen by another %s', (_, when) => {
    expect(route(by(when)).desks).toEqual(ALL);
  });

  it('is said by the first route that fits', () => {
    const routes = [
      { id: 'a', when: { priorities: [1 as const] }, desks: ['pager'] },
      { id: 'b', when: {}, desks: ['rt'], team: 'Stores' },
      { id: 'c', when: {}, desks: ['mail'] },
    ];
    expect(route({ routes })).toEqual({ desks: ['rt'], team: 'Stores' });
    expect(route({ routes }, incidentView({ priority: 1 })).desks).toEqual(['pager']);
  });

  it('is nobody where a route says so, and every desk where none of its desks is there', () => {
    expect(route(by({}, { desks: [] })).desks).toEqual([]);
    expect(route(by({}, { desks: ['gone'] })).desks).toEqual(ALL);
    expect(route(by({}, { desks: ['gone', 'mail'] })).desks).toEqual(['mail']);
  });

  it('of a major incident is chosen by chain, priority and cause, not by what only a store has', () => {
    expect(route(by({ kinds: ['major'], chains: ['demo'], priorities: [1] }), majorView()).desks).toEqual(['rt']);
    expect(route(by({ causes: ['major.*'] }), majorView()).desks).toEqual(['rt']);
    for (const when of [{ regions: ['*'] }, { hours: 'open' as const }, { rules: ['*'] }, { groups: ['west'] }]) {
      expect(route(by(when), majorView()).desks).toEqual(ALL);
    }
  });

  it('is named with who is on call', () => {
    expect(route(by({}, { onCall: 'network' })).onCall).toBe('Inès');
    expect(route(by({}, { onCall: 'unknown' }))).not.toHaveProperty('onCall');
  });
});

describe('quiet hours', () => {
  it('last until the store opens', () => {
    expect(route(by({}, { quiet: 'closed' }), incidentView(), CLOSED_AT).quietUntil).toBe(
      Date.UTC(2026, 10, 24, 7, 30),
    );
    expect(route(by({}, { quiet: 'closed' }))).not.toHaveProperty('quietUntil');
  });

  it('may be hours of one’s own, past midnight as well', () => {
    const quiet = { mon: ['22:00-06:00'] };
    expect(route(by({}, { quiet }), incidentView(), CLOSED_AT).quietUntil).toBe(Date.UTC(2026, 10, 24, 5));
    expect(route(by({}, { quiet }))).not.toHaveProperty('quietUntil');
  });

  it('whose end is not in sight are none', () => {
    const always = { ...store, hours: {} };
    const routing = createRouting(
      by({}, { quiet: 'closed' }),
      {},
      { desks: ['rt'], takeDigests: [], onCall: () => undefined },
    );
    expect(routing(incidentView(), always, CLOSED_AT)).not.toHaveProperty('quietUntil');
    expect(routing(incidentView(), undefined, CLOSED_AT)).not.toHaveProperty('quietUntil');
  });
});

describe('a digest', () => {
  it('takes the place of a ticket, at its time of day at the store', () => {
    const told = route(by({}, { desks: ['rt'], digest: { desks: ['mail'], at: '08:00' } }));
    expect(told).toEqual({ desks: ['rt'], digest: { desks: ['mail'], at: Date.UTC(2026, 10, 24, 7) } });
  });

  it('may be all there is', () => {
    const only: Route = { id: 'digest', when: {}, digest: { desks: ['mail'], at: '23:59' } };
    expect(route({ routes: [only] })).toMatchObject({ desks: [], digest: { at: Date.UTC(2026, 10, 23, 22, 59) } });
  });

  it('is not for a desk that takes none: it is told at once', () => {
    expect(route(by({}, { desks: [], digest: { desks: ['rt'], at: '08:00' } }))).toEqual({ desks: ['rt'] });
  });
});

describe('models', () => {
  const models = [
    {
      id: 'tills',
      title,
      when: { kinds: ['till' as const] },
      category: 'Caisse',
      team: 'N1',
      steps: { fr: ['a'], en: ['b'] },
    },
    { id: 'all', title, when: { rules: ['*'] } },
  ];

  it('say what is done, by which team, under which category; the first that fits', () => {
    expect(route({ models })).toEqual({
      model: { id: 'tills', title, steps: { fr: ['a'], en: ['b'] } },
      category: 'Caisse',
      team: 'N1',
      desks: ALL,
    });
    const { cause } = incidentView();
    expect(route({ models }, incidentView({ cause: { ...cause, kind: 'store', target: 'demo/001' } })).model?.id).toBe(
      'all',
    );
  });

  it('are what routes may ask for, and routes go before them', () => {
    const routes = [{ id: 'r', when: { models: ['tills'] }, team: 'N2', category: 'Encaissement' }];
    expect(route({ models, routes })).toMatchObject({ team: 'N2', category: 'Encaissement', desks: ALL });
    expect(route({ models: models.slice(1), routes }).team).toBeUndefined();
  });

  it('are not of major incidents', () => {
    expect(route({ models }, majorView())).toEqual({ desks: ALL });
  });
});

it('names of desks that are not there are found, wherever a route has them', () => {
  const routes = [
    { id: 'a', when: {}, desks: ['rt', 'gone'] },
    { id: 'b', when: {}, digest: { desks: ['lost', 'gone'], at: '08:00' } },
  ];
  expect(desksNowhere(routes, ['rt'])).toEqual(['gone', 'lost']);
  expect(desksNowhere(undefined, [])).toEqual([]);
});
