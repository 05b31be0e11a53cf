import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconciling } from '../../../alerting/desks/reconcile.ts';
import type { RemoteComment, RemoteTicket, TicketChange, TicketClient } from '../../../alerting/desks/ticket-client.ts';
import { type DeskWatch, watchDesks } from '../../../alerting/desks/watch-desks.ts';
import type { Desk, TicketWork } from '../../../alerting/ports.ts';
import { JudgeRig } from '../judge-rig.ts';

const context = { timeZoneOf: () => 'Europe/Paris' };

/** A desk in memory whose people do things. */
class PeopledDesk implements TicketClient {
  readonly tickets: (RemoteTicket & { changedAt: number })[] = [];
  readonly said: RemoteComment[] = [];
  readonly done: string[] = [];
  polls = 0;
  isAway = false;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }
  get ticket(): RemoteTicket {
    return this.tickets[0] as RemoteTicket;
  }
  people(change: Partial<RemoteTicket>): void {
    Object.assign(this.ticket, change, { changedAt: this.#now() });
  }
  write(text: string): void {
    this.said.push({ id: `c${this.said.length}`, by: 'Karim', at: this.#now(), text });
    this.people({});
  }
  async find(key: string) {
    return this.tickets.filter((ticket) => ticket.key === key).map((ticket) => ({ ...ticket }));
  }
  async create({ key }: { key: string }) {
    const number = `T${this.tickets.length + 1}`;
    const ticket: RemoteTicket = { id: number, number, key, status: 'new' };
    this.tickets.push({ ...ticket, changedAt: this.#now() });
    return ticket;
  }
  async hasNote(_: RemoteTicket, mark: string) {
    return this.said.some(({ text }) => text.includes(`[${mark}]`));
  }
  async change({ id }: RemoteTicket, { status, note }: TicketChange) {
    if (id !== this.ticket.id) return;
    if (note) this.write(`${note.text}\n[${note.mark}]`);
    this.people(status ? { status } : {});
  }
  async changedSince(since: number) {
    this.polls++;
    if (this.isAway) throw new Error('away');
    return this.tickets.filter(({ changedAt }) => changedAt >= since).map((ticket) => ({ ...ticket }));
  }
  async comments({ id }: RemoteTicket) {
    return id === this.ticket.id ? [...this.said] : [];
  }
}

describe('two desks watched', () => {
  let rig: JudgeRig;
  let north: PeopledDesk;
  let south: PeopledDesk;
  let desks: Record<string, Desk>;
  let watch: DeskWatch;
  const open = async () => {
    watch = await watchDesks({
      store: rig.store,
      desks,
      incidents: {
        openIncident: (key) => rig.judge.openIncident(key),
        openAt: (desk) => rig.judge.openAt(desk),
      },
      submit: async (events) => void (await rig.feed(...events)),
      log: { warn: () => {} },
      now: () => rig.now,
      random: () => 0,
      setTimer: (run, delayMs) => {
        const timer = { at: rig.now + delayMs, run };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    });
  };
  let timers: Set<{ at: number; run: () => void }>;

  beforeEach(async () => {
    timers = new Set();
    rig = await JudgeRig.open({ desks: ['north', 'south'] });
    [north, south] = [new PeopledDesk(() => rig.now), new PeopledDesk(() => rig.now)];
    const of = (client: PeopledDesk): Desk => ({ ...reconciling(client, context), news: client });
    desks = { north: of(north), south: of(south) };
    await rig.birth();
    await rig.pass(300);
    await rig.hear('lost', 'demo/001/till-2');
    await rig.pass(10);
    await deliver();
    await open();
  });
  afterEach(async () => {
    await watch.stop();
    await rig.close();
  });

  /** All that was asked of desks since, as the outbox brings it there. */
  async function deliver(): Promise<void> {
    for (let due: TicketWork[] = []; ; ) {
      due = await rig.store.dueTicketWork(rig.now, 10);
      if (due.length === 0) return;
      for (const work of due) {
        const { signal } = new AbortController();
        const delivery = await (desks[work.desk] as Desk).deliver(work, signal);
        if (delivery.outcome !== 'done') throw new Error(JSON.stringify(delivery));
        const entry = { at: rig.now, reason: { code: 'ticket.updated', params: { desk: work.desk } } } as const;
        await rig.store.ticketWorkDone(work.id, delivery.ticket, entry);
        north.done.push(`${work.desk} ${work.action}`);
      }
      rig.judge.ticketChanged(due[0]?.incident as string, { ticketState: 'open' });
    }
  }

  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Lets seconds pass in which watch and outbox do what is due. */
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      await rig.pass(1);
      const due = [...timers].filter(({ at }) => at <= rig.now);
      for (const timer of due) {
        timers.delete(timer);
        timer.run();
      }
      if (due.length > 0) await settle();
      await deliver();
    }
  }
  const lines = async (code: string) =>
    (await rig.state.incident(1))?.timeline.filter(({ reason }) => reason.code === code).length;
  const incident = () => rig.incident(1);

  it('what happens at one is known here and told to the other, and not to itself', async () => {
    north.done.length = 0;
    north.people({ status: 'in-progress', assignee: 'Karim' });
    await pass(60);
    expect(incident()).toMatchObject({ acknowledgedBy: 'Karim' });
    expect(south.ticket.status).toBe('in-progress');
    expect(north.done).toEqual(['south update']);
    north.write('a technician is on the way');
    await pass(60);
    expect(incident()?.comments).toMatchObject([{ by: 'Karim', desk: 'north', text: 'a technician is on the way' }]);
    north.people({ status: 'on-hold' });
    await pass(60);
    expect(incident()?.state).toBe('on-hold');
    expect(south.ticket.status).toBe('on-hold');
    expect(north.done).toEqual(['south update', 'south comment', 'south update']);
    await pass(300);
    expect(north.done).toHaveLength(3);
    expect(await lines('incident.commented')).toBe(1);
  });

  it('ended there while the fault lasts, the ticket is opened again once, at that desk alone', async () => {
    north.people({ status: 'resolved' });
    north.done.length = 0;
    await pass(100);
    expect(north.ticket.status).toBe('resolved');
    await pass(120);
    expect(north.ticket.status).toBe('in-progress');
    expect(north.done).toEqual(['north reopen']);
    await pass(600);
    expect(north.done).toEqual(['north reopen']);
    expect(await lines('ticket.ended-early')).toBe(1);
    expect(incident()?.state).toBe('new');
  });

  it('ended there a moment before the fault is over, nothing comes of it', async () => {
    north.people({ status: 'resolved' });
    await pass(40);
    await rig.hear('online', 'demo/001/till-2');
    await pass(400);
    expect(incident()).toMatchObject({ state: 'resolved' });
    expect(await lines('ticket.ended-early')).toBe(0);
    expect(await rig.store.loadShadows()).toEqual([]);
  });

  it('a nudge is looked at at once, also one that comes twice; one about nothing changes nothing', async () => {
    north.people({ status: 'in-progress', assignee: 'Karim' });
    watch.nudge('north', north.ticket.key as string);
    watch.nudge('north', north.ticket.key as string);
    watch.nudge('north', 'demo/001/nothing');
    watch.nudge('elsewhere', north.ticket.key as string);
    await settle();
    expect(incident()).toMatchObject({ acknowledgedBy: 'Karim' });
    expect(await lines('incident.acknowledged')).toBe(1);
  });

  it('started again, it says nothing twice and hears what was done meanwhile', async () => {
    north.write('before');
    await pass(60);
    await watch.stop();
    timers.clear();
    north.write('meanwhile');
    await rig.restart();
    await open();
    await pass(60);
    expect(incident()?.comments?.map(({ text }) => text)).toEqual(['before', 'meanwhile']);
  });

  it('killed between the commit and what it keeps of it, it says nothing twice', async () => {
    const { saveShadow } = rig.store;
    rig.store.saveShadow = async () => {
      throw new Error('killed');
    };
    north.write('once');
    await pass(40);
    expect(await lines('incident.commented')).toBe(1);
    await watch.stop();
    timers.clear();
    rig.store.saveShadow = saveShadow;
    await rig.restart();
    await open();
    await pass(100);
    expect(await lines('incident.commented')).toBe(1);
  });

  it('a desk that is away is asked ever less often, and heard once it is back', async () => {
    north.isAway = true;
    north.people({ status: 'in-progress', assignee: 'Karim' });
    await pass(300);
    expect(north.polls).toBeLessThan(25);
    north.isAway = false;
    await pass(60);
    expect(incident()).toMatchObject({ acknowledgedBy: 'Karim' });
  });

  it('asks nothing while nothing of ours is open', async () => {
    await rig.hear('online', 'demo/001/till-2');
    await pass(200);
    const { polls } = north;
    await pass(300);
    expect(north.polls).toBe(polls);
  });
});
