import type { NewTicketWork, TicketAction, TicketWork } from '../../alerting/ports.ts';
import type { MajorView } from '../../protocol/majors.ts';
import type { AlertView, IncidentView } from '../../protocol/views.ts';

/** 22 November 2026, 21:05 in Paris. */
export const AT = Date.UTC(2026, 10, 22, 20, 5);

export const SECRET = 'a-secret-of-the-desk';

export const alertView = (device: string, change: Partial<AlertView> = {}): AlertView => ({
  key: `demo/001/${device}#silence#`,
  device: `demo/001/${device}`,
  rule: 'silence',
  instance: '',
  severity: 'critical',
  state: 'firing',
  since: AT - 60_000,
  reason: { code: 'presence.lost' },
  ...change,
});

export const incidentView = (change: Partial<IncidentView> = {}): IncidentView => ({
  key: `demo/001/till-3#silence##${AT}`,
  store: 'demo/001',
  cause: { kind: 'device', target: 'demo/001/till-3', rule: 'silence', reason: { code: 'presence.lost' } },
  fold: { code: 'fold.alone' },
  state: 'new',
  severity: 'critical',
  impact: 2,
  urgency: 1,
  priority: 2,
  since: AT - 60_000,
  openedAt: AT,
  lanesDown: 1,
  lanesTotal: 8,
  alerts: [alertView('till-3')],
  number: 12,
  storeTitle: 'Nantes',
  causeTitle: 'Caisse 3',
  region: 'Ouest',
  ticketState: 'waiting',
  ...change,
});

export const majorView = (change: Partial<MajorView> = {}): MajorView => ({
  key: `demo#major#${AT}`,
  chain: 'demo',
  cause: { kind: 'common', attribute: 'store.carrier', value: 'Delta' },
  symptom: 'network',
  title: { code: 'major.common', params: { attribute: 'store.carrier', value: 'Delta', symptom: 'network' } },
  fold: { code: 'major.evidence', params: { failed: 3, of: 4, others: 0, ofOthers: 96, p: 0.0004 } },
  state: 'new',
  severity: 'critical',
  priority: 1,
  since: AT - 60_000,
  openedAt: AT,
  stores: 3,
  storesOpen: 3,
  lanesDown: 12,
  lanesTotal: 12,
  children: [{ incident: 'a', number: 7, store: 'demo/001', storeTitle: 'Nantes', over: false }],
  number: 13,
  chainTitle: 'Démo',
  ticketState: 'waiting',
  ...change,
});

const newWork = (change: Partial<NewTicketWork> = {}): NewTicketWork => {
  const view = change.view ?? incidentView();
  return { incident: view.key, desk: 'support', action: 'open', view, locale: 'fr', at: AT, ...change };
};

export const ticketWork = (change: Partial<TicketWork> = {}): TicketWork => ({
  ...newWork(),
  id: 7,
  attempts: 0,
  notBefore: AT,
  ...change,
});

/** Work on the incident number `number`, with a key of its own. */
export const workOn = (
  number: number,
  action: TicketAction = 'open',
  change: Partial<NewTicketWork> = {},
): NewTicketWork => {
  const state = action === 'resolve' ? ({ state: 'resolved', resolvedAt: AT } as const) : {};
  return newWork({
    action,
    view: incidentView({ key: `demo/001/till-${number}#silence##${AT}`, number, ...state }),
    ...change,
  });
};
