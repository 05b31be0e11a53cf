import { expect, test } from 'vitest';
import { openIncidents } from '../../../alerting/engine/engine.ts';
import { ticketBody } from '../../../alerting/tickets/ticket-body.ts';
import { planTickets } from '../../../alerting/tickets/ticket-plan.ts';
import { ticketText } from '../../../alerting/tickets/ticket-text.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import { AT, incidentView, ticketWork } from '../fixtures.ts';
import { Lab, packOf, silence, storeOf, till } from './lab.ts';

const done = (id: string): Reason => ({
  code: 'action.done',
  params: { id, action: 'restart_pos', device: 'chain/lyon/till-1', before: 'failed', after: 'active' },
});

test('what an action came to stays with the incident, the last five; that it was asked is a line of its timeline', () => {
  const lab = new Lab(packOf(silence()), storeOf([till(1)]));
  lab.presence('till-1', 'birth', 86_400);
  lab.presence('till-1', 'lost');
  lab.pass(60);
  const [incident] = [...openIncidents(lab.state)];
  const key = incident?.key ?? '';
  lab.send({ kind: 'action', incident: key, reason: { code: 'action.asked', params: { id: 'a' } } });
  expect([...openIncidents(lab.state)][0]?.actions).toBeUndefined();
  for (const id of ['1', '2', '3', '4', '5', '6']) lab.send({ kind: 'action', incident: key, reason: done(id) });
  expect([...openIncidents(lab.state)][0]?.actions?.map(({ reason }) => reason.params?.id)).toEqual([...'23456']);
  lab.send({ kind: 'action', incident: 'no such incident', reason: done('7') });
});

test('a ticket tells what was done, and a desk is told when it was', () => {
  const view = incidentView({ actions: [{ at: AT, reason: done('1') }] });
  const context = { timeZoneOf: () => 'Europe/Paris' };
  expect(ticketText(view, 'fr', context)).toContain(
    'Action du 22 nov. 2026, 21:05\u202f: Action «\u202frestart_pos\u202f» réussie sur till-1\u202f; avant\u202f: failed\u202f; après\u202f: active',
  );
  expect(ticketText(view, 'en', context)).toContain('‘restart_pos’ done on till-1; before: failed; after: active');
  const work = ticketWork({ view });
  expect(ticketBody(work, 'e', context).incident?.actions).toMatchObject([{ code: 'action.done' }]);
  const { told } = planTickets([{ action: 'open', view: incidentView() }], undefined);
  expect(planTickets([{ action: 'update', view: incidentView() }], told).work).toEqual([]);
  expect(planTickets([{ action: 'update', view }], told).work).toHaveLength(1);
});
