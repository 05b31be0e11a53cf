import { afterEach, describe, expect, it } from 'vitest';
import { watchDesks } from '../../alerting/desks/watch-desks.ts';
import { DEFAULT_CORRELATION } from '../../alerting/engine/correlate/correlation.ts';
import { JudgeRig, makeChain, makeStore, PACK } from './judge-rig.ts';

/** Thirty stores of one till and one server each, six of them with a carrier of their own. */
const chain = () =>
  makeChain(
    Array.from({ length: 30 }, (_, at) =>
      makeStore(`${101 + at}`, `Ville ${at + 1}`, {
        region: at < 15 ? 'Ouest' : 'Est',
        attributes: { carrier: at % 5 === 2 ? 'Delta' : 'Alpha' },
        devices: [
          { name: 'gw', kind: 'gateway' },
          { name: 'till-1', kind: 'till', lane: 1, gateway: 'gw' },
          { name: 'till-2', kind: 'till', lane: 2, gateway: 'gw' },
        ],
      }),
    ),
  );
const DELTA = [103, 108, 113, 118, 123, 128];

describe('major incidents', () => {
  let rig: JudgeRig;
  const open = async () => {
    rig = await JudgeRig.open({ inventory: [chain()] });
    await rig.birth();
    await rig.pass(300);
    rig.judgements.length = 0;
    return rig;
  };
  afterEach(() => rig.close());

  const cut = async (...stores: number[]) => {
    await rig.hear('lost', ...stores.map((store) => `demo/${store}/gw` as const));
    await rig.pass(8);
  };
  const mend = async (...stores: number[]) => {
    const devices = (store: number) => ['gw', 'till-1', 'till-2'].map((name) => `demo/${store}/${name}` as const);
    await rig.hear('birth', ...stores.map((store) => `demo/${store}/gw` as const));
    await rig.hear('online', ...stores.flatMap(devices));
    await rig.pass(60);
  };
  const majors = () => rig.judge.snapshot().majors ?? [];
  const told = () =>
    rig.judgements
      .flatMap(({ writes }) => writes.tickets)
      .map(({ view, action }) => `${action} ${'chain' in view ? 'major' : view.store.slice(5)}`);

  it('tells the desk once: stores that are cut together get no tickets of their own', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    expect(majors()).toMatchObject([
      { number: 5, cause: { attribute: 'store.carrier', value: 'Delta' }, stores: 4, state: 'new', chainTitle: 'Démo' },
    ]);
    expect(told()).toEqual(['open major']);
    const children = rig.judge.snapshot().incidents;
    expect(children.map(({ parent, ticketState }) => [parent?.number, ticketState])).toEqual(
      Array(4).fill([5, 'none']),
    );
    expect((await rig.state.major(5))?.major).toMatchObject({ ticketState: 'waiting', stores: 4 });
    expect((await rig.state.incident(1))?.timeline.map(({ reason }) => reason.code)).toContain('incident.beneath');
  });

  it('tells those that have a ticket already of which it is part, and takes in later ones without', async () => {
    await open();
    for (const store of DELTA.slice(0, 2)) await cut(store);
    expect(told()).toEqual(['open 103', 'open 108']);
    await cut(DELTA[2] as number);
    expect(told().slice(2)).toEqual(['open major', 'update 103', 'update 108']);
    await cut(DELTA[3] as number);
    expect(told().slice(5)).toEqual(['update major']);
    expect(majors()[0]?.children.map(({ storeTitle }) => storeTitle)).toContain('Ville 18');
  });

  it('tells of each once the rules say so, of what was withheld as well', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    const correlation = { ...DEFAULT_CORRELATION, childTickets: 'each' } as const;
    await rig.feed({ kind: 'rules', pack: { ...PACK, correlation } });
    expect(told().slice(1).toSorted()).toEqual(DELTA.slice(0, 4).map((store) => `open ${store}`));
  });

  it('the same where the rules say so after a restart, once', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    rig.pack = { ...PACK, correlation: { ...DEFAULT_CORRELATION, childTickets: 'each' } };
    await rig.restart();
    expect(rig.judge.nextDue()).toBeLessThanOrEqual(rig.now);
    await rig.feed();
    expect(told().slice(1).toSorted()).toEqual(DELTA.slice(0, 4).map((store) => `open ${store}`));
    expect((await rig.store.loadIncidents()).open.map(({ ticketState }) => ticketState)).toEqual(
      Array(4).fill('waiting'),
    );
    await rig.restart();
    await rig.feed();
    expect(told()).toHaveLength(5);
  });

  it('the same of one to which something else happens in that very turn, unless it is over', async () => {
    const pack = { ...PACK, correlation: { ...DEFAULT_CORRELATION, childTickets: 'each' } } as const;
    await open();
    await cut(...DELTA.slice(0, 4));
    const first = (await rig.store.loadIncidents()).open.find(({ store }) => store === 'demo/103')?.key ?? '';
    await rig.feed({ kind: 'rules', pack }, { kind: 'comment', incident: first, by: 'Inès', text: 'Vu.' });
    expect(told()).toContain('open 103');
    await rig.close();

    /** Store 103 is back; the rules change at this time. Returns when its incident is over. */
    const endOf = async (changeAt?: number) => {
      await open();
      await cut(...DELTA.slice(0, 4));
      await rig.hear('birth', ...['gw', 'till-1', 'till-2'].map((name) => `demo/103/${name}` as const));
      while (rig.judge.snapshot().incidents.find(({ store }) => store === 'demo/103')?.state !== 'resolved') {
        rig.now = Math.max(rig.now, rig.judge.nextDue() ?? Number.NaN);
        await rig.feed(...(rig.now === changeAt ? [{ kind: 'rules', pack } as const] : []));
      }
      return rig.now;
    };
    const end = await endOf();
    await rig.close();
    expect(await endOf(end)).toBe(end);
    await rig.feed();
    const opened = told().filter((work) => work.startsWith('open'));
    expect(opened.toSorted()).toEqual(['open 108', 'open 113', 'open 118', 'open major']);
  });

  it('leaves a store that fails by itself alone', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    await cut(101);
    expect(told()).toEqual(['open major', 'open 101']);
    expect(rig.judge.snapshot().incidents.find(({ store }) => store === 'demo/101')?.parent).toBeUndefined();
  });

  it('ends with its stores, and tells the desk so once', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    await mend(...DELTA.slice(0, 4));
    await rig.pass(240);
    expect(majors()).toMatchObject([{ state: 'resolved', storesOpen: 0 }]);
    expect(told().filter((work) => !work.startsWith('update'))).toEqual(['open major', 'resolve major']);
    expect(rig.judge.snapshot().incidents.map(({ ticketState }) => ticketState)).toEqual(Array(4).fill('none'));
  });

  it('gives a store that stays away when all others are back its own ticket', async () => {
    await open();
    await cut(...DELTA);
    await mend(...DELTA.slice(1));
    await rig.pass(700);
    expect(majors()).toMatchObject([{ state: 'resolved', storesOpen: 1 }]);
    expect(told().filter((work) => !work.startsWith('update'))).toEqual(['open major', 'resolve major', 'open 103']);
    const [left] = (await rig.store.loadIncidents()).open;
    expect(left).toMatchObject({ store: 'demo/103', ticketState: 'waiting' });
    expect(left?.parent).toBeUndefined();
  });

  it('goes on after a restart as if there had been none', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    const before = majors();
    await rig.restart();
    expect(majors()).toMatchObject(before.map(({ ticketState: _, ...major }) => major));
    await rig.feed();
    await cut(DELTA[4] as number);
    expect(majors()).toMatchObject([{ number: 5, stores: 5, state: 'new' }]);
    expect(told()).toEqual(['open major', 'update major']);
    expect((await rig.store.loadIncidents()).open.map(({ parent }) => parent?.number)).toEqual(Array(5).fill(5));
  });

  it('is commented on, in the very turn in which it is taken on as well, and the desk is told', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    const { key: incident = '', number = 0 } = majors()[0] ?? {};
    await rig.feed({ kind: 'comment', incident, by: 'Inès', text: 'Delta est prévenu.' });
    expect(told()).toEqual(['open major', 'comment major']);
    const { writes } = await rig.feed(
      { kind: 'acknowledge', incident, by: 'Inès' },
      { kind: 'comment', incident, by: 'Inès', text: 'J’appelle Delta.' },
    );
    expect(writes.majors?.at(-1)?.major.state).toBe('acknowledged');
    expect(majors()).toMatchObject([{ state: 'acknowledged', number }]);
    const { timeline = [] } = (await rig.state.major(number)) ?? {};
    expect(timeline.flatMap(({ reason: { code, params } }) => (code === 'incident.commented' ? [params] : []))).toEqual(
      [
        { by: 'Inès', text: 'Delta est prévenu.' },
        { by: 'Inès', text: 'J’appelle Delta.' },
      ],
    );
    await mend(...DELTA.slice(0, 4));
    await rig.pass(700);
    expect(majors()).toMatchObject([{ state: 'resolved' }]);
    const late = await rig.feed({ kind: 'comment', incident, by: 'Inès', text: 'Fini.' });
    expect(late.writes.majors).toBeUndefined();
  });

  it('is taken on by somebody', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    await rig.feed({ kind: 'acknowledge', incident: majors()[0]?.key ?? '', by: 'Inès' });
    expect(majors()).toMatchObject([{ state: 'acknowledged', acknowledgedBy: 'Inès' }]);
    expect(told()).toEqual(['open major', 'update major']);
  });

  it('hears who takes it at its desk, and what they say, once, and tells it back to nobody there', async () => {
    await open();
    await cut(...DELTA.slice(0, 4));
    const { key } = majors()[0] as { key: string };
    rig.judge.majorTicketChanged(key, { ticketState: 'open', ticket: 'T1' });
    const said = [{ id: 'c1', by: 'Karim', at: rig.now, text: 'opérateur prévenu' }];
    const ticket = { id: '1', number: 'T1', key, status: 'in-progress', assignee: 'Karim' } as const;
    const watch = await watchDesks({
      ...{ store: rig.store, incidents: rig.judge, now: () => rig.now, log: { warn: () => {} } },
      desks: {
        support: {
          deliver: () => Promise.reject(new Error('not asked')),
          news: { find: async () => [ticket], comments: async () => said, changedSince: async () => [] },
        },
      },
      submit: async (events) => void (await rig.feed(...events)),
      setTimer: () => () => {},
    });
    rig.judgements.length = 0;
    for (const _ of [1, 2]) await watch.hear('support', key);
    expect(majors()[0]).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Karim', comments: [{ by: 'Karim' }] });
    expect(majors()[0]?.comments).toHaveLength(1);
    expect(told()).toEqual([]);
    await watch.stop();
  });
});
