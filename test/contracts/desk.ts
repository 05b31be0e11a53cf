import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBorne } from '../../alerting/desks/our-key.ts';
import type { TicketStatus } from '../../alerting/desks/remote-ticket.ts';
import type { Delivery, TicketAction, TicketWork } from '../../alerting/ports.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { AT, incidentView, ticketWork } from '../alerting/fixtures.ts';
import type { FakeDesk, FakeTicket } from '../fakes/desks/fake-desk.ts';
import { RETRY_AFTER_S, TROUBLES, type Trouble } from '../fakes/desks/troubled-server.ts';
import { deskNewsContract } from './desk-news.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

/** What every server can do to whoever asks it. */
const ANY_SERVER = [
  'drop-reply',
  'half-reply',
  'web-page',
  'too-many',
  'too-many-for-a-while',
  'broken',
  'hang',
  'asynchronous',
] as const;
const { key } = incidentView();
const RUNS = Number(process.env.VIGIE_PROPERTY_RUNS ?? 1_000);

/** Work on the one incident, in the order of its making. */
class Incident {
  readonly #desk: DeskUnderTest;
  #id = 0;
  #view: IncidentView = incidentView();
  /** As the outbox knows it. */
  #ticket: string | undefined;

  constructor(desk: DeskUnderTest) {
    this.#desk = desk;
  }

  get view(): IncidentView {
    return this.#view;
  }

  next(action: TicketAction, change: Partial<IncidentView> = {}): TicketWork {
    this.#view = { ...this.#view, ...change };
    return ticketWork({ id: ++this.#id, action, view: this.#view });
  }

  async deliver(work: TicketWork): Promise<Delivery> {
    const { desk, fake } = this.#desk;
    return desk.deliver({ ...work, ...(this.#ticket && { ticket: this.#ticket }) }, breakingOff(fake));
  }

  /** As the outbox does it: again until it is done or refused. */
  async carryOut(work: TicketWork): Promise<Delivery> {
    for (let attempts = 0; attempts < 30; attempts++) {
      const delivery = await this.deliver({ ...work, attempts });
      if (delivery.outcome === 'done') this.#ticket = delivery.ticket;
      if (delivery.outcome !== 'retry') return delivery;
    }
    throw new Error('still not taken after 30 attempts');
  }
}

/** What hangs is broken off, as the outbox does after a while; here it takes no time. */
function breakingOff(fake: FakeDesk): AbortSignal {
  const controller = new AbortController();
  fake.giveUp = () => controller.abort();
  return controller.signal;
}

const ACK = { state: 'acknowledged', acknowledgedBy: 'Inès', acknowledgedAt: AT } as const;
const HOLD = {
  state: 'on-hold',
  hold: { at: AT, by: 'Inès', why: 'a part is ordered' },
} as unknown as Partial<IncidentView>;
const RESOLVED = { state: 'resolved', resolvedAt: AT } as const;
const REOPENED = { state: 'new', resolvedAt: undefined } as unknown as Partial<IncidentView>;
const saying = (text: string): Partial<IncidentView> => ({ comments: [{ at: AT, by: 'Inès', text }] });

/** What a connector of a desk whose tickets can be looked up has to do, whatever befalls the desk. */
export function deskContract(name: string, open: (more?: { reraises?: boolean }) => DeskUnderTest): void {
  describe(name, () => {
    it('opens a ticket with all it says', async () => {
      const { fake, incident } = start();
      const delivery = await incident.deliver(incident.next('open'));
      expect(fake.tickets).toHaveLength(1);
      const [ticket] = fake.tickets as [FakeTicket];
      expect(delivery).toEqual({ outcome: 'done', ticket: ticket.number });
      expect(isOurs(ticket)).toBe(true);
      expect(ticket).toMatchObject({
        status: 'new',
        subject: '[P2][001 Nantes] Caisse 3, connexion perdue',
        priority: 2,
      });
      expect(ticket.text).toContain('Nantes (Ouest)');
    });

    it('tells what is new, and moves the ticket with the incident', async () => {
      const { fake, incident } = start();
      await incident.carryOut(incident.next('open'));
      const [ticket] = fake.tickets as [FakeTicket];
      await incident.carryOut(incident.next('update', { priority: 1 }));
      expect([ticket.subject, ticket.status]).toEqual(['[P1][001 Nantes] Caisse 3, connexion perdue', 'new']);
      await incident.carryOut(incident.next('update', ACK));
      expect(ticket.status).toBe('in-progress');
      expect(ticket.notes.at(-1)?.text).toContain('Inès');
      await incident.carryOut(incident.next('update', HOLD));
      expect(ticket.status).toBe('on-hold');
      await incident.carryOut(incident.next('resolve', RESOLVED));
      expect(ticket.status).toBe('resolved');
      expect(ticket.notes).toHaveLength(4);
    });

    it('leaves what people at the desk decided', async () => {
      const { fake, incident } = start();
      await incident.carryOut(incident.next('open'));
      const [ticket] = fake.tickets as [FakeTicket];
      ticket.status = 'on-hold';
      await incident.carryOut(incident.next('update', ACK));
      expect(ticket.status).toBe('on-hold');
      ticket.status = 'closed';
      const notes = ticket.notes.length;
      expect(await incident.carryOut(incident.next('resolve', RESOLVED))).toMatchObject({ outcome: 'done' });
      expect([ticket.status, ticket.notes.length]).toEqual(['closed', notes]);
    });

    it('writes nothing to what people have closed, whatever there is to say', async () => {
      const { fake, incident } = start();
      await incident.carryOut(incident.next('open'));
      const [ticket] = fake.tickets as [FakeTicket];
      ticket.status = 'closed';
      expect(await incident.carryOut(incident.next('update', ACK))).toMatchObject({ outcome: 'done' });
      expect([ticket.status, ticket.notes]).toEqual(['closed', []]);
    });

    it('finds its own note among many long ones', async () => {
      const { fake, incident } = start();
      await incident.carryOut(incident.next('open'));
      const [ticket] = fake.tickets as [FakeTicket];
      for (let at = 0; at < 250; at++) fake.say(ticket, 'Karim', `${at} ${'é'.repeat(1_000)}`);
      const work = incident.next('update', ACK);
      await incident.carryOut(work);
      await incident.carryOut(work);
      expect(ticket.notes).toHaveLength(251);
    });

    it('tells the desk’s own wish to be left alone for a while', async () => {
      const { fake, incident } = start();
      fake.troubles.set(0, 'too-many-for-a-while');
      expect(await incident.deliver(incident.next('open'))).toMatchObject({
        outcome: 'retry',
        retryAfterS: RETRY_AFTER_S,
      });
    });

    it.each(['open', 'update', 'resolve'] as const)('never writes to one of two tickets (%s)', async (action) => {
      const { fake, incident } = start();
      const two = [fake.add({ key }), fake.add({ key })];
      const before = structuredClone(two);
      expect(await incident.carryOut(incident.next(action, action === 'resolve' ? RESOLVED : {}))).toMatchObject({
        outcome: 'refused',
      });
      expect(fake.tickets).toEqual(before);
    });

    it('touches no other’s ticket, though every ticket fits a query that is ignored', async () => {
      const strangers: Partial<FakeTicket>[] = [{ subject: 'a printer' }, { key: `${key}0` }];
      for (const [request, count] of [0, 1, 2, 3, 4, 5].flatMap((at) => [[at, 1] as const, [at, 2] as const])) {
        const { fake, incident } = start();
        const others = strangers.slice(-count).map((stranger) => fake.add(stranger));
        const before = structuredClone(others);
        fake.troubles.set(Math.floor(request / 2), 'ignore-query');
        const actions = request % 2 === 0 ? (['open', 'update'] as const) : (['update', 'resolve'] as const);
        for (const action of actions) {
          const delivery = await incident.carryOut(incident.next(action, action === 'resolve' ? RESOLVED : ACK));
          if (delivery.outcome === 'done') expect(others.map(({ number }) => number)).not.toContain(delivery.ticket);
        }
        expect(others).toEqual(before);
        expect(fake.tickets.filter(isOurs).length).toBeLessThanOrEqual(1);
      }
    });

    it('says when a state is not to be had, rather than pretend', async () => {
      const { fake, incident } = start();
      if (!fake.own.includes('refuse-transition')) return;
      await incident.carryOut(incident.next('open'));
      for (let request = fake.requests; request < fake.requests + 20; request++) {
        fake.troubles.set(request, 'refuse-transition');
      }
      expect(await incident.carryOut(incident.next('resolve', RESOLVED))).toMatchObject({ outcome: 'refused' });
      expect(fake.tickets[0]?.status).toBe('new');
    });

    it('tells a comment once, with who said it, and leaves the ticket where it is', async () => {
      const { fake, incident } = start();
      await incident.carryOut(incident.next('open'));
      const [ticket] = fake.tickets as [FakeTicket];
      await incident.carryOut(incident.next('update', ACK));
      fake.troubles.set(fake.requests + 2, 'drop-reply');
      await incident.carryOut(incident.next('comment', saying('le câble est débranché')));
      expect(ticket.notes).toHaveLength(2);
      expect(ticket.notes.at(-1)?.text).toContain('Inès\u202f: le câble est débranché');
      expect(ticket.status).toBe('in-progress');
    });

    it('reopens what it resolved, and tells of what was closed that it is', async () => {
      const { fake, incident } = start();
      await incident.carryOut(incident.next('open'));
      const [ticket] = fake.tickets as [FakeTicket];
      await incident.carryOut(incident.next('resolve', RESOLVED));
      await incident.carryOut(incident.next('reopen', REOPENED));
      expect([ticket.status, ticket.notes.length]).toEqual(['in-progress', 2]);
      await incident.carryOut(incident.next('resolve', RESOLVED));
      fake.set(ticket, { status: 'closed' });
      expect(await incident.carryOut(incident.next('reopen', REOPENED))).toEqual({
        outcome: 'refused',
        error: `ticket ${ticket.number} is closed and cannot be reopened`,
      });
      expect([ticket.status, ticket.notes.length]).toEqual(['closed', 3]);
    });

    it.each([undefined, 'drop-reply', 'half-reply', 'lag', 'ignore-query'] as const)(
      'raises again, where asked to, what was closed, once, and goes on there (%s)',
      async (trouble) => {
        const { fake, incident } = start({ reraises: true });
        await incident.carryOut(incident.next('open'));
        const [closed] = fake.tickets as [FakeTicket];
        fake.set(closed, { status: 'closed' });
        if (trouble && isOf(fake, trouble))
          for (let at = 0; at < 3; at++) fake.troubles.set(fake.requests + at, trouble);
        const delivery = await incident.carryOut(incident.next('reopen', REOPENED));
        if (trouble === 'ignore-query' && delivery.outcome === 'refused') return;
        const [, raised, ...more] = fake.tickets as [FakeTicket, FakeTicket];
        expect(more).toEqual([]);
        expect(delivery).toEqual({ outcome: 'done', ticket: raised.number, replaces: closed.number });
        expect(raised.text).toContain(`Suite du ticket ${closed.number}`);
        expect(raised.key).not.toBe(closed.key);
        await incident.carryOut(incident.next('update', ACK));
        await incident.carryOut(incident.next('resolve', RESOLVED));
        expect([raised.status, closed.status, closed.notes]).toEqual(['resolved', 'closed', []]);
      },
    );

    it('raises again no more than twice', async () => {
      const { fake, incident } = start({ reraises: true });
      await incident.carryOut(incident.next('open'));
      for (const _ of [1, 2]) {
        fake.set(fake.tickets.at(-1) as FakeTicket, { status: 'closed' });
        expect(await incident.carryOut(incident.next('reopen', REOPENED))).toMatchObject({ outcome: 'done' });
      }
      fake.set(fake.tickets.at(-1) as FakeTicket, { status: 'closed' });
      expect(await incident.carryOut(incident.next('reopen', REOPENED))).toMatchObject({ outcome: 'refused' });
      expect(fake.tickets).toHaveLength(3);
    });

    it('has one ticket per incident and says each thing once, whatever befalls the desk, in the right state at its end', async () => {
      const isHarmless = (trouble: Trouble) =>
        (ANY_SERVER as readonly Trouble[]).includes(trouble) || ['expire-session', 'partial', 'lag'].includes(trouble);
      const troubles = fc.array(fc.tuple(fc.nat(80), fc.constantFrom(...TROUBLES.filter(isHarmless))), {
        maxLength: 25,
      });
      const steps = fc.array(fc.constantFrom(...(Object.keys(STEPS) as Step[])), { maxLength: 7 });
      await fc.assert(
        fc.asyncProperty(troubles, steps, async (planned, wanted) => {
          const { fake, incident } = start();
          fake.add({ subject: 'a printer' });
          for (const [request, trouble] of planned) {
            if (isOf(fake, trouble)) fake.troubles.set(request, trouble);
          }
          const done = [await incident.carryOut(incident.next('open'))];
          let status: TicketStatus = 'new';
          const said: string[] = [];
          for (const [at, step] of wanted.entries()) {
            // What is over is reopened before anything else befalls it, and nothing else is.
            if (step !== 'comment' && (step === 'reopen') !== (incident.view.state === 'resolved')) continue;
            const { action, change } = STEPS[step];
            status = statusAfter(status, step);
            if (action === 'comment') said.push(`remarque ${at}`);
            done.push(await incident.carryOut(incident.next(action, change ?? saying(`remarque ${at}`))));
          }

          await fake.catchUp();
          expect(done.map(({ outcome }) => outcome)).toEqual(done.map(() => 'done'));
          const [ticket, ...more] = fake.tickets.filter(isOurs);
          expect(more).toEqual([]);
          expect(ticket?.notes).toHaveLength(done.length - 1);
          for (const text of said) expect(ticket?.notes.filter((note) => note.text.includes(text))).toHaveLength(1);
          expect(ticket?.subject).toContain(`[P${incident.view.priority}]`);
          expect(ticket?.priority).toBe(incident.view.priority);
          expect(ticket?.status).toBe(status);
        }),
        { numRuns: RUNS, seed: 20_261_122 },
      );
    });

    deskNewsContract(open);

    function start(more: { reraises?: boolean } = {}) {
      const opened = open(more);
      return { fake: opened.fake, incident: new Incident(opened) };
    }
  });
}

/** Whole, or as the desk can bear it. */
const isOurs = (ticket: FakeTicket): boolean => ticket.key !== undefined && findBorne(ticket.key, [key]) === key;

const isOf = (fake: FakeDesk, trouble: Trouble): boolean =>
  (ANY_SERVER as readonly Trouble[]).includes(trouble) || fake.own.includes(trouble);

type Step = 'graver' | 'lanes' | 'acknowledge' | 'hold' | 'comment' | 'resolve' | 'reopen';
const STEPS: Readonly<Record<Step, { action: TicketAction; change?: Partial<IncidentView> }>> = {
  graver: { action: 'update', change: { priority: 1 } },
  lanes: { action: 'update', change: { lanesDown: 2 } },
  acknowledge: { action: 'update', change: ACK },
  hold: { action: 'update', change: HOLD },
  comment: { action: 'comment' },
  resolve: { action: 'resolve', change: RESOLVED },
  reopen: { action: 'reopen', change: REOPENED },
};

/** A ticket goes forward: taken, put on hold, resolved; and back only as a whole. */
function statusAfter(status: TicketStatus, step: Step): TicketStatus {
  if (step === 'resolve') return 'resolved';
  if (step === 'reopen') return 'in-progress';
  if (step === 'hold') return 'on-hold';
  return step === 'acknowledge' && status === 'new' ? 'in-progress' : status;
}
