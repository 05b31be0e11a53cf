import { afterEach, describe, expect, it } from 'vitest';
import { createJudge } from '../../alerting/judge.ts';
import { JudgeRig, makeChain, makeStore, PACK, type RigOptions } from './judge-rig.ts';

describe('judge', () => {
  let rig: JudgeRig;
  const open = async (options?: RigOptions) => {
    rig = await JudgeRig.open(options);
    await rig.birth();
    await rig.pass(300);
    rig.judgements.length = 0;
    return rig;
  };
  afterEach(() => rig.close());

  /** A till is lost, and its incident opens. */
  const lose = async (device: `demo/${string}/${string}` = 'demo/001/till-2') => {
    await rig.hear('lost', device);
    await rig.pass(10);
  };

  it('makes of a lost till one numbered incident with the names people know, a tile and a ticket', async () => {
    await open();
    await lose();
    const [incident] = (await rig.store.loadIncidents()).open;
    expect(incident).toMatchObject({
      number: 1,
      store: 'demo/001',
      storeTitle: 'Nantes',
      causeTitle: 'Caisse 2',
      region: 'Ouest',
      ticketState: 'waiting',
      cause: { target: 'demo/001/till-2', reason: { code: 'presence.lost' } },
    });
    expect(rig.judge.tile('demo/001')).toMatchObject({
      state: 'degraded',
      pips: 'udu',
      incident: { number: 1, priority: incident?.priority },
    });
    expect(rig.judge.snapshot().incidents).toEqual([incident]);
    expect(rig.tickets).toEqual(['1 open support']);
    expect(await rig.store.dueTicketWork(rig.now, 9)).toMatchObject([
      { action: 'open', locale: 'fr', view: { number: 1 } },
    ]);
    expect((await rig.state.incident(1))?.timeline.map(({ reason }) => reason.code)).toContain('incident.opened');
  });

  it('names a device without a title by its name, and speaks to each store’s desk in its language', async () => {
    await open();
    await lose('demo/002/till-3');
    expect(await rig.store.dueTicketWork(rig.now, 9)).toMatchObject([{ locale: 'en', view: { causeTitle: 'till-3' } }]);
  });

  it('forgets what failed on a device that leaves: of one that bears its name later it is written down anew', async () => {
    await open();
    const store = makeStore('001', 'Nantes');
    const fail = async () => {
      rig.now += 60_000;
      const { writes } = await rig.feed({
        ...{ kind: 'report', device: 'demo/001/till-1', at: rig.now, late: false, points: [] },
        statuses: [{ check: 'pos', status: 'critical' }],
      });
      return writes.judged?.map(({ kind }) => kind);
    };
    expect([await fail(), await fail(), await fail()]).toEqual([['status'], ['status'], undefined]);
    await rig.change('demo/001', { ...store, devices: store.devices.filter(({ name }) => name !== 'till-1') });
    await rig.change('demo/001', store);
    expect(await fail()).toEqual(['status']);
  });

  it('shows a tile only when it differs, once per group', async () => {
    await open();
    const { stores } = await rig.hear('lost', 'demo/001/till-1', 'demo/001/till-2');
    expect(stores.map(({ key }) => key)).toEqual(['demo/001']);
    expect((await rig.hear('lost', 'demo/001/till-1')).stores).toEqual([]);
    const back = await rig.hear('online', 'demo/002/till-1');
    expect([back.stores, back.incidents, back.gone]).toEqual([[], [], []]);
  });

  it('shows no tile twice the same, whatever happens', async () => {
    await open();
    await lose();
    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(120);
    await lose('demo/001/srv-1');
    const shown = rig.judgements.flatMap(({ stores }) => stores).filter(({ key }) => key === 'demo/001');
    expect(shown.length).toBeGreaterThan(3);
    for (const [i, tile] of shown.entries()) expect(tile).not.toEqual(shown[i - 1]);
  });

  it('resolves after the quiet, keeps it in sight for an hour, and resolves the ticket', async () => {
    await open();
    await lose();
    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(150);
    expect(rig.tickets.filter((work) => !work.includes('update'))).toEqual(['1 open support', '1 resolve support']);
    expect(rig.judge.snapshot().incidents).toMatchObject([{ number: 1, state: 'resolved' }]);
    expect(rig.judge.tile('demo/001')?.incident).toBeUndefined();
    expect(rig.incident(1)?.state).toBe('resolved');
    await rig.restart();
    expect(rig.judge.snapshot().incidents).toMatchObject([{ number: 1, state: 'resolved' }]);
    rig.now += 3_700_000;
    expect(rig.judge.snapshot().incidents).toEqual([]);
  });

  it('opens again what comes back soon: one number and one ticket, also through a restart; later it is closed', async () => {
    await open();
    await lose();
    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(150);
    await rig.restart();
    await rig.hear('birth', ...rig.devices());
    await rig.pass(100);
    await lose();
    expect(rig.tickets.filter((work) => !work.includes('update'))).toEqual([
      '1 open support',
      '1 resolve support',
      '1 reopen support',
    ]);
    expect((await rig.store.loadIncidents()).open.map(({ number, state }) => [number, state])).toEqual([[1, 'new']]);
    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(1100);
    expect(rig.incident(1)?.state).toBe('closed');
    const tickets = rig.tickets.length;
    await rig.restart();
    await rig.hear('birth', ...rig.devices());
    await rig.pass(100);
    await lose();
    expect(rig.tickets.slice(tickets).filter((work) => !work.includes('update'))).toEqual(['2 open support']);
  });

  it('tells the desk once when half of a clock is burnt, whenever it is restarted', async () => {
    await open({ inventory: [makeChain([makeStore('001', 'Nantes')])] });
    const restart = async () => {
      await rig.restart();
      await rig.hear('online', 'demo/001/srv-1', 'demo/001/till-1', 'demo/001/till-3');
    };
    await lose();
    await rig.pass(600);
    await restart();
    expect(rig.tickets).toEqual(['1 open support']);
    await rig.pass(600);
    expect(rig.tickets).toEqual(['1 open support', '1 update support']);
    await restart();
    await rig.pass(60);
    expect(rig.tickets).toEqual(['1 open support', '1 update support']);
    const told = (await rig.state.incident(1))?.timeline.filter(({ reason }) => reason.code === 'incident.escalated');
    expect(told).toMatchObject([{ reason: { params: { level: 'N1', clock: 'respond', share: 50 } } }]);
    expect(rig.incident(1)).toMatchObject({
      clocks: { respond: { level: 1 } },
      loss: { lanes: 1, money: { currency: 'EUR' } },
    });
  });

  it('sends every ticket to every desk', async () => {
    await open({ desks: ['support', 'carrier'] });
    await lose();
    expect(rig.tickets).toEqual(['1 open support', '1 open carrier']);
  });

  it('asks for no ticket where no desk is, and opens one at the next news once there is', async () => {
    await open({ desks: [] });
    await lose();
    expect(rig.tickets).toEqual([]);
    expect(rig.incident(1)?.ticketState).toBe('none');
    rig.desks = ['support'];
    await rig.restart();
    await rig.feed({ kind: 'acknowledge', incident: rig.incident(1)?.key ?? '', by: 'Inès' });
    expect(rig.tickets).toEqual(['1 open support']);
    expect(rig.incident(1)).toMatchObject({ state: 'acknowledged', ticketState: 'waiting' });
  });

  it('updates the ticket when a person takes the incident, passes on what people say, and nothing when nothing a reader sees has changed', async () => {
    await open();
    await lose();
    const key = rig.incident(1)?.key ?? '';
    await rig.feed({ kind: 'acknowledge', incident: key, by: 'Inès' });
    await rig.feed({ kind: 'comment', incident: key, by: 'Inès', text: 'vu' });
    await rig.feed({ kind: 'acknowledge', incident: key, by: 'Marc' });
    expect(rig.tickets).toEqual(['1 open support', '1 update support', '1 comment support']);
    expect((await rig.state.incident(1))?.timeline.map(({ reason }) => reason.code)).toContain('incident.commented');
  });

  it('tells each comment of one turn for itself, before it resolves and after it opens', async () => {
    await open();
    await lose();
    const incident = rig.incident(1)?.key ?? '';
    const said = (text: string) => ({ kind: 'comment', incident, by: 'Inès', text }) as const;
    const { writes } = await rig.feed(said('vu'), { kind: 'acknowledge', incident, by: 'Inès' }, said('j’y vais'));
    expect(writes.tickets.map(({ action, view }) => [action, view.comments?.at(-1)?.text])).toEqual([
      ['update', 'j’y vais'],
      ['comment', 'vu'],
      ['comment', 'j’y vais'],
    ]);
  });

  it('does not tell a desk what it said itself, nor forget to tell it what came of that here', async () => {
    await open({ desks: ['support', 'field'] });
    await lose();
    const incident = rig.incident(1)?.key ?? '';
    await rig.feed({ kind: 'acknowledge', incident, by: 'Léa', desk: 'support' });
    await rig.feed({ kind: 'comment', incident, by: 'Léa', text: 'pris', desk: 'support' });
    const fresh = () => rig.tickets.slice(2);
    expect(fresh()).toEqual(['1 update field', '1 comment field']);
    expect(rig.incident(1)?.comments).toEqual([{ at: rig.now, by: 'Léa', text: 'pris', desk: 'support' }]);
    await rig.feed({ kind: 'hold', incident, by: 'Inès', why: 'pièce' });
    expect(fresh().slice(2)).toEqual(['1 update support', '1 update field']);
  });

  it('goes on after a restart as if nothing had been', async () => {
    await open();
    await lose();
    const before = rig.judge.snapshot();
    const asked = rig.tickets.length;
    await rig.restart();
    expect(rig.judge.snapshot().incidents).toEqual(before.incidents);
    expect(rig.judge.tile('demo/001')).toEqual(before.stores.find(({ key }) => key === 'demo/001'));
    await rig.hear('birth', ...rig.devices().filter((device) => device !== 'demo/001/till-2'));
    await rig.pass(20);
    expect(rig.tickets).toHaveLength(asked);
    expect((await rig.store.loadIncidents()).open.map(({ number }) => number)).toEqual([1]);
    await lose('demo/002/till-1');
    expect((await rig.store.loadIncidents()).open.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('commits what a restart brings about, and wants to soon', async () => {
    await open();
    await lose();
    rig.inventory = [makeChain([makeStore('002', 'Brest')])];
    await rig.restart();
    expect(rig.judge.nextDue()).toBeLessThanOrEqual(rig.now);
    await rig.feed();
    expect((await rig.store.loadIncidents()).open).toEqual([]);
    expect(rig.tickets).toEqual(['1 open support', '1 resolve support']);
    expect(rig.incident(1)).toMatchObject({
      storeTitle: 'Nantes',
      causeTitle: 'Caisse 2',
      region: 'Ouest',
    });
    expect([...(await rig.store.loadJudgement())].map(({ store }) => store)).toEqual(['demo/002']);
  });

  it('ends what concerns a store that leaves, under the names it had', async () => {
    await open();
    await lose();
    const { gone, incidents } = await rig.change('demo/001', undefined);
    expect(gone).toEqual(['demo/001']);
    expect(incidents).toMatchObject([{ number: 1, state: 'closed', storeTitle: 'Nantes', causeTitle: 'Caisse 2' }]);
    expect(rig.judge.store('demo/001')).toBeUndefined();
    expect(rig.judge.snapshot().stores.map(({ key }) => key)).toEqual(['demo/002']);
    expect([...(await rig.store.loadJudgement())].map(({ store }) => store)).toEqual(['demo/002']);
    expect((await rig.change('demo/001', undefined)).gone).toEqual([]);
  });

  it('takes a store’s new name from the inventory', async () => {
    await open();
    await lose();
    await rig.change('demo/001', makeStore('001', 'Nantes Beaulieu'));
    expect(rig.judge.tile('demo/001')?.title).toBe('Nantes Beaulieu');
    await rig.feed({ kind: 'acknowledge', incident: rig.incident(1)?.key ?? '', by: 'Inès' });
    expect(rig.incident(1)?.storeTitle).toBe('Nantes Beaulieu');
  });

  it('takes in what a desk did, on the incident and on the tile, and keeps the first name', async () => {
    await open();
    await lose();
    const { key } = rig.incident(1) ?? { key: '' };
    expect(rig.judge.ticketChanged(key, { ticket: 'INC1', ticketState: 'open' })).toMatchObject({
      number: 1,
      ticket: 'INC1',
      ticketState: 'open',
    });
    expect(rig.judge.tile('demo/001')?.incident).toMatchObject({ ticket: 'INC1' });
    expect(rig.judge.ticketChanged(key, { ticket: 'other', ticketState: 'open' })?.ticket).toBe('INC1');
    expect((await rig.hear('lost', 'demo/001/till-2')).stores).toEqual([]);
    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(150);
    expect(rig.incident(1)).toMatchObject({ state: 'resolved', ticket: 'INC1' });
    expect(rig.judge.ticketChanged(key, { ticketState: 'resolved' })).toMatchObject({ ticketState: 'resolved' });
    expect(rig.incident(1)).toMatchObject({ ticketState: 'resolved' });
    expect(rig.judge.ticketChanged('unknown', { ticketState: 'open' })).toBeUndefined();
  });

  it('marks what is simulated', async () => {
    await open({ inventory: [makeChain([makeStore('001', 'Nantes')], { simulated: true })] });
    await lose();
    expect(rig.incident(1)?.simulated).toBe(true);
    expect(rig.judge.tile('demo/001')?.simulated).toBe(true);
    expect(await rig.store.dueTicketWork(rig.now, 9)).toMatchObject([{ view: { simulated: true } }]);
  });

  it('shows a store with its definition and devices, and devices one by one', async () => {
    await open();
    await lose();
    expect(rig.judge.store('demo/001')).toMatchObject({
      tile: { key: 'demo/001' },
      definition: { title: 'Nantes' },
      devices: [{ key: 'demo/001/srv-1' }, {}, { key: 'demo/001/till-2', state: 'down' }, {}],
    });
    expect(rig.judge.devices({})).toHaveLength(8);
    expect(rig.judge.devices({ store: 'demo/002' })).toHaveLength(4);
    expect(rig.judge.device('demo/001/till-2')?.title).toBe('Caisse 2');
    expect(rig.judge.device('demo/001/till-9')).toBeUndefined();
    expect(rig.judge.store('demo/009')).toBeUndefined();
  });

  it('says which store’s judgement it cannot read', async () => {
    rig = await JudgeRig.open();
    const start = () =>
      createJudge({
        pack: PACK,
        kept: {
          judgement: [{ store: 'demo/001', state: '{"v":' }],
          incidents: { open: [], lastNumber: 0 },
          recentlyResolved: [],
          watchedUntil: undefined,
        },
        inventory: rig.inventory,
        desks: [],
        localeOf: () => 'fr',
        now: () => rig.now,
      });
    expect(start).toThrow(/demo\/001/);
  });
});
