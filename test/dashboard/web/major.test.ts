import { expect, test } from 'vitest';
import { findMajors } from '../../../dashboard/web/state/major.ts';
import type { IncidentView } from '../../../protocol/views.ts';

const MINUTE_MS = 60_000;

const incident = (number: number, more: Partial<IncidentView> = {}): IncidentView => ({
  key: `north/${number}#${number}`,
  store: `north/${number}`,
  cause: { kind: 'store', target: `north/${number}`, rule: 'presence', reason: { code: 'store.silent' } },
  fold: { code: 'fold.store-silent', params: { devices: 4 } },
  state: 'new',
  severity: 'critical',
  impact: 1,
  urgency: 1,
  priority: 1,
  since: number * MINUTE_MS,
  openedAt: number * MINUTE_MS,
  lanesDown: 4,
  lanesTotal: 4,
  alerts: [],
  number,
  storeTitle: 'Lens',
  causeTitle: 'Lens',
  region: 'Hauts-de-France',
  ticketState: 'none',
  ...more,
});

test('three stores struck by one thing within minutes are a major incident, told with its regions and its beginning', () => {
  const found = findMajors([incident(3, { region: 'Normandie' }), incident(1), incident(2, { state: 'acknowledged' })]);
  expect(found).toMatchObject([{ stores: 3, regions: ['Hauts-de-France', 'Normandie'], since: MINUTE_MS }]);
});

test.each([
  ['a single store, however many incidents it has', [1, 2, 3].map((n) => incident(n, { store: 'north/1' }))],
  ['two stores', [incident(1), incident(2)]],
  ['stores that fell hours apart', [incident(1), incident(200), incident(400)]],
  ['what is resolved', [incident(1), incident(2), incident(3, { state: 'resolved' })]],
  ['what is less urgent', [incident(1), incident(2), incident(3, { priority: 2 })]],
  [
    'different causes',
    [
      incident(1),
      incident(2),
      incident(3, {
        fold: { code: 'fold.alone' },
        cause: { kind: 'device', target: 'north/3/till-1', rule: 'disk', reason: { code: 'threshold.above' } },
      }),
    ],
  ],
])('%s: no major incident', (_, incidents) => {
  expect(findMajors(incidents)).toEqual([]);
});

test('the widest goes first', () => {
  const early = [1, 2, 3].map((n) => incident(n));
  const late = [100, 101, 102, 103].map((n) => incident(n));
  expect(findMajors([...early, ...late]).map(({ stores }) => stores)).toEqual([4, 3]);
});
