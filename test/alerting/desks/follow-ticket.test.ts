import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followTicket, type Look, type TicketShadow } from '../../../alerting/desks/follow-ticket.ts';
import type { RemoteComment, RemoteTicket, TicketStatus } from '../../../alerting/desks/remote-ticket.ts';
import { runs } from '../../support/property-runs.ts';
import { AT, incidentView } from '../fixtures.ts';

const view = incidentView();
const { key } = view;
const ticketOf = (change: Partial<RemoteTicket> = {}): RemoteTicket => ({
  ...{ id: '7', number: 'INC7', key, status: 'new' },
  ...change,
});
const said = (id: string, text = `text of ${id}`): RemoteComment => ({ id, by: 'Karim', at: AT, text });
const follow = (change: Partial<Look> = {}) =>
  followTicket({
    ...{ desk: 'north', shadow: undefined, ticket: ticketOf(), comments: [], view, isSettled: true, now: AT },
    policy: { whenClosed: 'reopen', closedGraceS: 120 },
    ...change,
  });
const from = { incident: key, desk: 'north' };

describe('what people at a desk did', () => {
  it('is nothing while the ticket is as we left it', () => {
    expect(follow()).toEqual({ events: [], shadow: { status: 'new', heard: [] } });
  });

  it('whoever takes the ticket has the incident, and is its owner', () => {
    const ticket = ticketOf({ status: 'in-progress', assignee: 'Karim' });
    const { events, shadow } = follow({ ticket });
    expect(events).toEqual([
      { kind: 'assign', ...from, by: 'Karim', owner: 'Karim' },
      { kind: 'acknowledge', ...from, by: 'Karim' },
      { kind: 'start', ...from, by: 'Karim' },
    ]);
    expect(follow({ ticket, shadow }).events).toEqual([]);
  });

  it('our own acknowledgement, hold and resumption are no news', () => {
    const shadow: TicketShadow = { status: 'new', heard: [] };
    const taken = incidentView({ state: 'acknowledged' });
    expect(follow({ shadow, view: taken, ticket: ticketOf({ status: 'in-progress' }) }).events).toEqual([]);
    const held = incidentView({ state: 'on-hold' });
    expect(follow({ shadow, view: held, ticket: ticketOf({ status: 'on-hold' }) }).events).toEqual([]);
    expect(
      follow({ shadow: { ...shadow, status: 'on-hold' }, view: taken, ticket: ticketOf({ status: 'in-progress' }) })
        .events,
    ).toEqual([]);
  });

  it('a status counts once the desk has all our work, and then it does', () => {
    const ticket = ticketOf({ status: 'on-hold' });
    const early = follow({ ticket, isSettled: false });
    expect(early.events).toEqual([]);
    expect(follow({ ticket, shadow: early.shadow, comments: [said('1', 'awaits a part')] }).events).toEqual([
      { kind: 'comment', ...from, by: 'Karim', text: 'awaits a part', id: '1' },
      { kind: 'hold', ...from, by: 'north', why: 'awaits a part' },
    ]);
  });

  it('a hold that ends there ends here', () => {
    const shadow: TicketShadow = { status: 'on-hold', heard: [] };
    const held = incidentView({ state: 'on-hold' });
    expect(follow({ shadow, view: held, ticket: ticketOf({ status: 'in-progress' }) }).events).toEqual([
      { kind: 'resume', ...from, by: 'north' },
    ]);
  });

  it('hears what people write, each once, and never what we wrote', () => {
    const comments = [said('1'), said('2', 'ours\n[vigie:12]'), said('3')];
    const first = follow({ comments });
    expect(first.events.map((event) => 'id' in event && event.id)).toEqual(['1', '3']);
    expect(follow({ comments: [...comments, said('1')].reverse(), shadow: first.shadow }).events).toEqual([]);
  });

  it('killed before it kept what it heard, it does not say it again', () => {
    const comments = ['1', '2', '3', '4', '5', '6', '7'].map((id) => said(id));
    const first = follow({ comments });
    expect(first.events).toHaveLength(5);
    expect(first.againAt).toBe(AT);
    const committed = incidentView({
      comments: comments.slice(0, 5).map(({ id, by, at, text }) => ({ id, by, at, text, desk: 'north' })),
    });
    const again = follow({ comments, view: committed });
    expect(again.events.map((event) => 'id' in event && event.id)).toEqual(['6', '7']);
  });

  describe('a ticket ended while the fault lasts', () => {
    const ticket = ticketOf({ status: 'resolved', assignee: 'Karim' });
    const shadow: TicketShadow = { status: 'in-progress', assignee: 'Karim', heard: [] };
    const ended = (reopen: boolean) => [{ kind: 'ticket-ended', ...from, by: 'Karim', reopen }];

    it('is opened again after its time of grace, once', () => {
      const first = follow({ ticket, shadow });
      expect(first).toMatchObject({ events: [], againAt: AT + 120_000, shadow: { endedAt: AT } });
      const early = follow({ ticket, shadow: first.shadow, now: AT + 119_999 });
      expect(early).toEqual(first);
      const late = follow({ ticket, shadow: first.shadow, now: AT + 120_000 });
      expect(late.events).toEqual(ended(true));
      const open = follow({ ticket: { ...ticket, status: 'in-progress' }, shadow: late.shadow, now: AT + 130_000 });
      expect(open).toEqual({ events: [], shadow: { ...shadow, reopened: 1 } });
    });

    it('is opened again also where it is closed for good, if another may take its place', () => {
      const policy = { whenClosed: 'reraise', closedGraceS: 0 } as const;
      const closed = { ...ticket, status: 'closed' as const };
      expect(follow({ ticket: closed, shadow, policy }).events).toEqual(ended(true));
    });

    it.each([
      ['by policy', { policy: { whenClosed: 'leave' as const, closedGraceS: 0 } }],
      ['that is closed for good', { ticket: { ...ticket, status: 'closed' as const } }],
      ['for the fourth time', { shadow: { ...shadow, reopened: 3 } }],
    ])('%s is left, which is said once', (_, change) => {
      const policy = { whenClosed: 'reopen', closedGraceS: 0 } as const;
      const left = follow({ ticket, shadow, policy, ...change });
      expect(left.events).toEqual(ended(false));
      expect(follow({ ticket, policy, ...change, shadow: left.shadow, now: AT + 3_600_000 }).events).toEqual([]);
    });

    it('opened again by its people within the time, it is as if nothing had been', () => {
      const first = follow({ ticket, shadow });
      const open = follow({ ticket: { ...ticket, status: 'in-progress' }, shadow: first.shadow, now: AT + 60_000 });
      expect(open).toEqual({ events: [], shadow });
    });
  });

  it('however often it is looked at, a comment is heard once, a status leads to one state, and nothing to an echo', () => {
    const status = fc.constantFrom<TicketStatus>('new', 'in-progress', 'on-hold');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('status' as const), status }),
      fc.record({ kind: fc.constant('comment' as const), isOurs: fc.boolean() }),
      fc.constant({ kind: 'look' as const }),
      fc.constant({ kind: 'killed look' as const }),
    );
    const property = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let ticket = ticketOf();
      let shadow: TicketShadow | undefined;
      let now = view;
      const comments: RemoteComment[] = [];
      const heard: string[] = [];
      const look = (isKept: boolean) => {
        const followed = follow({ ticket, shadow, view: now, comments });
        for (const event of followed.events) {
          expect(event).toMatchObject(from);
          if (event.kind === 'acknowledge' && now.state === 'new') now = { ...now, state: 'acknowledged' };
          if (event.kind === 'hold') now = { ...now, state: 'on-hold' };
          if (event.kind === 'resume') now = { ...now, state: 'acknowledged' };
          if (event.kind !== 'comment' || event.id === undefined) continue;
          heard.push(event.id);
          const { by, text, desk, id } = event;
          now = {
            ...now,
            comments: [...(now.comments ?? []), { at: AT, by, text, id, ...(desk && { desk }) }].slice(-5),
          };
        }
        if (isKept) shadow = followed.shadow;
        return followed.againAt !== undefined;
      };
      for (const { kind, ...rest } of steps) {
        if ('status' in rest) ticket = { ...ticket, status: rest.status };
        else if ('isOurs' in rest) {
          const id = `${comments.length}`;
          comments.push(said(id, rest.isOurs ? `ours [vigie:${id}]` : `theirs ${id}`));
        } else {
          if (kind === 'killed look') look(false);
          while (look(true));
        }
      }
      while (look(true));
      expect(heard).toEqual(comments.filter(({ text }) => text.startsWith('theirs')).map(({ id }) => id));
      if (ticket.status === 'on-hold') expect(now.state).toBe('on-hold');
      // What was done while a look was killed may stand until the next change; it is never said twice.
      const wasKilled = steps.some(({ kind }) => kind === 'killed look');
      if (ticket.status === 'in-progress' && !wasKilled) expect(now.state).toBe('acknowledged');
      expect(look(true)).toBe(false);
    });
    fc.assert(property, { numRuns: runs(200) });
  });
});
