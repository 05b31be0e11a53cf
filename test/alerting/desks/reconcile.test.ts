import { describe, expect, it } from 'vitest';
import { DeskFailure } from '../../../alerting/desks/desk-failure.ts';
import { reconciling, wantedStatus } from '../../../alerting/desks/reconcile.ts';
import type { RemoteTicket, TicketChange, TicketClient } from '../../../alerting/desks/ticket-client.ts';
import { AT, incidentView, ticketWork } from '../fixtures.ts';

const { key } = incidentView();
const context = { timeZoneOf: () => 'Europe/Paris' };
const signal = new AbortController().signal;

/** A desk in memory that does as it is told, or worse. */
class Desk implements TicketClient {
  readonly tickets: RemoteTicket[] = [];
  readonly changes: TicketChange[] = [];
  notes = new Set<string>();
  takesStatus = true;
  takesKey = true;

  add(change: Partial<RemoteTicket> = {}): RemoteTicket {
    const number = `T${this.tickets.length + 1}`;
    const ticket: RemoteTicket = { id: number, number, key, status: 'new', ...change };
    this.tickets.push(ticket);
    return ticket;
  }
  async find() {
    return this.tickets.map((ticket) => ({ ...ticket }));
  }
  async create({ key }: { key: string }) {
    return this.add({ key: this.takesKey ? key : undefined });
  }
  async hasNote(_: RemoteTicket, mark: string) {
    return this.notes.has(mark);
  }
  async change({ id }: RemoteTicket, change: TicketChange) {
    this.changes.push(change);
    const ticket = this.tickets.find((one) => one.id === id);
    if (ticket && change.status && this.takesStatus) ticket.status = change.status;
    if (change.note) this.notes.add(change.note.mark);
  }
}

const deliver = (desk: TicketClient, change: Parameters<typeof ticketWork>[0] = {}) =>
  reconciling(desk, context).deliver(ticketWork(change), signal);
const resolve = { action: 'resolve', view: incidentView({ state: 'resolved', resolvedAt: AT }) } as const;

describe('a desk of tickets that can be looked up', () => {
  it('has a ticket once, however often it is opened', async () => {
    const desk = new Desk();
    expect(await deliver(desk)).toEqual({ outcome: 'done', ticket: 'T1' });
    expect(await deliver(desk)).toEqual({ outcome: 'done', ticket: 'T1' });
    expect(desk.tickets).toHaveLength(1);
  });

  it('is told what is new once, and brought to what it should be each time', async () => {
    const desk = new Desk();
    desk.add();
    await deliver(desk, { action: 'update' });
    await deliver(desk, { action: 'update' });
    expect(desk.changes.map(({ subject, note }) => [subject, note?.mark])).toEqual([
      ['[P2][001 Nantes] Caisse 3, connexion perdue', 'vigie:7'],
      ['[P2][001 Nantes] Caisse 3, connexion perdue', undefined],
    ]);
  });

  it.each(['open', 'update', 'resolve'] as const)(
    'refuses to %s what somebody else’s ticket answers',
    async (action) => {
      const desk = new Desk();
      desk.add({ key: `${key}0` });
      expect(await deliver(desk, { action })).toEqual({
        outcome: 'refused',
        error: 'asked for ours, the desk answers with ticket T1',
      });
      expect([desk.changes, desk.tickets.length]).toEqual([[], 1]);
    },
  );

  it.each(['open', 'update', 'resolve'] as const)('refuses to %s one of two', async (action) => {
    const desk = new Desk();
    desk.add();
    desk.add();
    expect(await deliver(desk, { action })).toMatchObject({ error: 'several tickets bear our key: T1, T2' });
    expect([desk.changes, desk.tickets.length]).toEqual([[], 2]);
  });

  it('refuses to go on with a ticket that did not take our key: each repetition would open another', async () => {
    const desk = new Desk();
    desk.takesKey = false;
    expect(await deliver(desk)).toMatchObject({ outcome: 'refused', error: expect.stringContaining('T1') });
  });

  it('says when the desk leaves a ticket where it is', async () => {
    const desk = new Desk();
    desk.add();
    desk.takesStatus = false;
    expect(await deliver(desk, resolve)).toEqual({
      outcome: 'refused',
      error: 'the desk leaves the ticket new, it was to be resolved',
    });
  });

  it('resolves nothing twice, and writes nothing to what is closed', async () => {
    const desk = new Desk();
    const ticket = desk.add();
    expect(await deliver(desk, resolve)).toEqual({ outcome: 'done', ticket: 'T1' });
    expect(ticket.status).toBe('resolved');
    ticket.status = 'closed';
    expect(await deliver(desk, { ...resolve, id: 8 })).toEqual({ outcome: 'done', ticket: 'T1' });
    expect(desk.changes).toHaveLength(1);
  });

  it('passes on what the desk did not do, and leaves faults of our own to the outbox', async () => {
    const desk = new Desk();
    desk.find = async () => {
      throw new DeskFailure('retry', 'HTTP 429', 30);
    };
    expect(await deliver(desk)).toEqual({ outcome: 'retry', error: 'HTTP 429', retryAfterS: 30 });
    desk.find = async () => {
      throw new TypeError('x is not a function');
    };
    await expect(deliver(desk)).rejects.toThrow('x is not a function');
  });
});

it.each([
  ['new', 'update', 'new', undefined],
  ['new', 'update', 'acknowledged', 'in-progress'],
  ['in-progress', 'update', 'acknowledged', undefined],
  ['on-hold', 'update', 'acknowledged', undefined],
  ['new', 'update', 'on-hold', 'on-hold'],
  ['on-hold', 'update', 'on-hold', undefined],
  ['resolved', 'update', 'on-hold', undefined],
  ['new', 'resolve', 'resolved', 'resolved'],
  ['on-hold', 'resolve', 'resolved', 'resolved'],
  ['resolved', 'resolve', 'resolved', undefined],
  ['closed', 'resolve', 'resolved', undefined],
] as const)('a ticket that is %s, told to %s an incident that is %s, becomes %s', (current, action, state, wanted) => {
  expect(wantedStatus(current, { action, view: { state } })).toBe(wanted);
});
