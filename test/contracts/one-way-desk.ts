import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery, Desk, TicketAction, TicketWork } from '../../alerting/ports.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { AT, alertView, incidentView, majorView, ticketWork } from '../alerting/fixtures.ts';
import type { FakeReceiver } from '../fakes/desks/fake-receiver.ts';
import { RETRY_AFTER_S, type Trouble } from '../fakes/desks/troubled-server.ts';

export interface OneWayUnderTest {
  fake: FakeReceiver;
  desk: Desk;
  /** Whether comments reach people there. */
  takesComments: boolean;
  /** Whether it is told that somebody has taken the incident. */
  knowsTaken: boolean;
  /** Nothing it says may hold it. */
  secret: string;
}

const TROUBLES = [
  'drop-reply',
  'half-reply',
  'web-page',
  'too-many',
  'too-many-for-a-while',
  'broken',
  'hang',
] as const;
const RUNS = Number(process.env.VIGIE_PROPERTY_RUNS ?? 100);
const ACK = { state: 'acknowledged', acknowledgedBy: 'Inès', acknowledgedAt: AT } as const;
const NEW = { state: 'new' } as const;
const RESOLVED = { state: 'resolved', resolvedAt: AT } as const;
const SAID = { comments: [{ at: AT, by: 'Inès', text: 'le <!channel> & *tout*' }] };
const SUBJECT = 'Caisse 3, connexion perdue';

/** What a connector of a receiver that only takes news has to do, whatever befalls the receiver. */
export function oneWayContract(name: string, open: () => OneWayUnderTest): void {
  describe(name, () => {
    it('tells what opened, and that it is taken, over, and back', async () => {
      const { fake, tell, knowsTaken } = start();
      expect(await tell('open')).toMatchObject({ outcome: 'done' });
      expect(fake.texts).toHaveLength(1);
      expect(fake.texts[0]).toContain(SUBJECT);
      expect(states(fake)).toEqual(fake.hasKeys ? ['open'] : []);
      await tell('update', ACK);
      if (fake.hasKeys) expect(states(fake)).toEqual([knowsTaken ? 'acknowledged' : 'open']);
      await tell('resolve', RESOLVED);
      if (fake.hasKeys) expect(states(fake)).toEqual(['resolved']);
      await tell('reopen', NEW);
      if (fake.hasKeys) expect(states(fake)).toEqual(['open']);
      expect(fake.alerts.size).toBe(fake.hasKeys ? 1 : 0);
    });

    it('tells what somebody says, or leaves the receiver alone', async () => {
      const { fake, tell, takesComments } = start();
      await tell('open');
      expect(await tell('comment', SAID)).toMatchObject({ outcome: 'done' });
      if (takesComments) expect(fake.texts.at(-1)).toMatch(/Inès.*tout/s);
      else expect(fake.requests).toBe(1);
    });

    it('takes a digest, or none', async () => {
      const { fake, desk, secret } = start();
      if (!desk.announce) return;
      const bulletin = { id: 'a1', locale: 'fr', subject: 'Récapitulatif', text: '- <!here> & *tout*\n- b' } as const;
      fake.troubles.set(0, 'broken');
      expect(await desk.announce(bulletin, still())).toMatchObject({ outcome: 'retry' });
      expect(await desk.announce({ ...bulletin, link: 'https://vigie.example/incidents' }, still())).toMatchObject({
        outcome: 'done',
      });
      expect(fake.texts).toHaveLength(1);
      expect(fake.texts[0]).toMatch(/Récapitulatif.*tout/s);
      const refused = 'x'.repeat(200_000);
      expect(JSON.stringify(await desk.announce({ ...bulletin, text: refused }, still()))).not.toContain(secret);
    });

    it('tells a major incident', async () => {
      const { fake, desk } = start();
      const view = majorView();
      expect(await desk.deliver(ticketWork({ incident: view.key, view }), still())).toMatchObject({ outcome: 'done' });
      expect(fake.texts[0]).toContain('Magasins coupés');
    });

    it.each(TROUBLES)('comes back after %s', async (trouble) => {
      const { fake, desk, secret } = start();
      fake.troubles.set(0, trouble);
      const abort = new AbortController();
      fake.giveUp = () => abort.abort();
      const delivery = await desk.deliver(ticketWork(), abort.signal);
      expect(delivery).toMatchObject({ outcome: 'retry' });
      if (trouble === 'too-many-for-a-while') expect(delivery).toMatchObject({ retryAfterS: RETRY_AFTER_S });
      expect(JSON.stringify(delivery)).not.toContain(secret);
    });

    it.each([400, 403, 404, 410, 302, 307])('gives up at %s, and tells no secret', async (status) => {
      const { fake, desk, secret } = start();
      fake.says.push(status);
      const delivery = await desk.deliver(ticketWork(), still());
      expect(delivery).toMatchObject({ outcome: 'refused', error: expect.stringContaining(`${status}`) });
      expect(JSON.stringify(delivery)).not.toContain(secret);
      expect(fake.requests).toBe(1);
    });

    it('says the same at every attempt', async () => {
      const { fake, desk } = start();
      fake.troubles.set(0, 'drop-reply');
      for (const attempts of [0, 1]) await desk.deliver(ticketWork({ attempts }), still());
      const [first, second] = fake.received;
      expect(second?.body).toBe(first?.body);
    });

    it('stays within what the receiver takes, however much there is to say', async () => {
      const { desk } = start();
      const long = '« é & <b> *x* »\r\n'.repeat(300);
      const alerts = Array.from({ length: 400 }, (_, at) =>
        alertView(`till-${at}`, {
          reason: { code: 'status.critical', params: { check: long.slice(0, 128), text: long.slice(0, 512) } },
        }),
      );
      const key = `demo/001/till-3#${'disk'.repeat(400)}#é`;
      const view = incidentView({
        key,
        alerts,
        causeTitle: long.slice(0, 300),
        storeTitle: long.slice(0, 300),
        comments: [{ ...SAID.comments[0], text: long } as never],
      });
      for (const action of ['open', 'comment', 'resolve'] as const) {
        expect(await desk.deliver(ticketWork({ incident: key, view, action }), still())).toMatchObject({
          outcome: 'done',
        });
      }
    });

    it('has one alert per incident, in the right state at the end, whatever befalls it', async () => {
      const troubles = fc.array(fc.tuple(fc.nat(30), fc.constantFrom<Trouble>(...TROUBLES)), { maxLength: 15 });
      const steps = fc.array(fc.constantFrom<Partial<IncidentView>>({ priority: 1 }, { lanesDown: 2 }, ACK), {
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(troubles, steps, fc.boolean(), fc.boolean(), async (planned, changes, isOver, isBack) => {
          const { fake, tell, knowsTaken } = start();
          for (const [request, trouble] of planned) fake.troubles.set(request, trouble);
          await tell('open');
          for (const change of changes) await tell('update', change);
          if (isOver) await tell('resolve', RESOLVED);
          if (isOver && isBack) await tell('reopen', NEW);
          const isTaken = knowsTaken && changes.some(({ state }) => state === 'acknowledged');
          const wanted = isOver ? (isBack ? 'open' : 'resolved') : isTaken ? 'acknowledged' : 'open';
          if (fake.hasKeys) expect(states(fake)).toEqual([wanted]);
          expect(fake.texts.length).toBeGreaterThan(changes.length);
        }),
        { numRuns: RUNS, seed: 20_261_123 },
      );
    });

    function start() {
      const opened = open();
      let id = 0;
      let view = incidentView();
      /** As the outbox does it: again until it is done or refused. */
      async function tell(action: TicketAction, change: Partial<IncidentView> = {}): Promise<Delivery> {
        view = { ...view, ...change };
        const work: TicketWork = ticketWork({ id: ++id, action, view });
        for (let attempts = 0; attempts < 30; attempts++) {
          const abort = new AbortController();
          opened.fake.giveUp = () => abort.abort();
          const delivery = await opened.desk.deliver({ ...work, attempts }, abort.signal);
          if (delivery.outcome !== 'retry') return delivery;
        }
        throw new Error('still not taken after 30 attempts');
      }
      return { ...opened, tell };
    }
  });
}

const states = ({ alerts }: FakeReceiver) => [...alerts.values()];
const still = () => new AbortController().signal;
