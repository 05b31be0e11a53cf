import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/request_tracker.ts';
import { watchDesks } from '../../../alerting/desks/watch-desks.ts';
import type { Desk, TicketAction, TicketWork } from '../../../alerting/ports.ts';
import { type RequestTracker, RT_PASSWORD, RT_USER, startRequestTracker } from '../../support/request-tracker.ts';
import { AT, incidentView, ticketWork } from '../fixtures.ts';
import { JudgeRig } from '../judge-rig.ts';

let rt: RequestTracker;
let desk: Desk;
let number = 0;
let key: string;
let work = 0;

/** Breaks the next answer off after the desk has done what was asked. */
let loseAnswerTo: ((url: string, method: string | undefined) => boolean) | undefined;

beforeAll(async () => {
  rt = await startRequestTracker();
});
afterAll(() => rt?.remove());

beforeEach(() => {
  number++;
  key = `demo/001/till-${number}#disk#/é 'c'#${AT}`;
  loseAnswerTo = undefined;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!loseAnswerTo?.(`${input}`, init?.method)) return response;
    loseAnswerTo = undefined;
    await response.body?.cancel();
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
  };
  desk = plugin.create(
    { url: rt.url, queue: 'General', user: RT_USER, requestor: 'store-001@example.net' },
    { secrets: [RT_PASSWORD], fetch: losing, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
  );
});

const deliver = (action: TicketAction, change: Parameters<typeof incidentView>[0] = {}, id = ++work) => {
  const view = incidentView({ key, number, ...change });
  return desk.deliver(ticketWork({ incident: key, action, view, id }), AbortSignal.timeout(60_000));
};
const resolved = { state: 'resolved', resolvedAt: AT } as const;

interface Ticket {
  Status: string;
  Subject: string;
  Priority: string;
  Requestor: { id: string }[];
}
const ticketOf = async (delivery: Awaited<ReturnType<typeof deliver>>) => {
  if (delivery.outcome !== 'done') throw new Error(JSON.stringify(delivery));
  return (await rt.ask('GET', `/ticket/${delivery.ticket}`)) as Ticket;
};
const textsOf = async (id: string | undefined) => {
  const { items } = (await rt.ask('GET', `/ticket/${id}/attachments?fields=Content,Subject&per_page=100`)) as {
    items: { Content: string; Subject: string }[];
  };
  return items;
};
const signal = () => AbortSignal.timeout(60_000);
const news = () => {
  if (!desk.news) throw new Error('the desk gives no news');
  return desk.news;
};
const find = async () => {
  const [ticket] = await news().find(key, signal());
  if (!ticket) throw new Error('there is no ticket');
  return ticket;
};
const total = async () => ((await rt.ask('GET', "/tickets?query=Queue = 'General'")) as { total: number }).total;

test('a ticket is opened with all it says, told of what is new, and resolved', async () => {
  const opened = await deliver('open');
  expect(await ticketOf(opened)).toMatchObject({
    Status: 'new',
    Subject: '[P2][001 Nantes] Caisse 3, connexion perdue',
    Priority: '75',
    Requestor: [{ id: 'store-001@example.net' }],
  });
  const { ticket } = opened as { ticket: string };
  expect((await textsOf(ticket))[0]?.Content).toContain('Nantes (Ouest)');

  const taken = await deliver('update', { state: 'acknowledged', acknowledgedBy: 'Inès', priority: 1 });
  expect(await ticketOf(taken)).toMatchObject({ Status: 'open', Priority: '100' });
  expect((await textsOf(ticket)).at(-1)?.Content).toContain('Inès');

  await deliver('update', { state: 'on-hold', hold: { by: 'Inès', why: 'pièce commandée', at: AT } as never });
  expect(await ticketOf(taken)).toMatchObject({ Status: 'stalled' });

  expect(await ticketOf(await deliver('resolve', resolved))).toMatchObject({
    Status: 'resolved',
    Subject: expect.stringContaining('(résolu)'),
  });
});

test('the desk has it once, though the answer to its opening is lost', async () => {
  const before = await total();
  loseAnswerTo = (url, method) => method === 'POST' && url.endsWith('/ticket');
  expect(await deliver('open', {}, 100)).toMatchObject({ outcome: 'retry', error: 'connection failed (ECONNRESET)' });
  const again = await deliver('open', {}, 100);
  expect(again).toMatchObject({ outcome: 'done' });
  expect(await total()).toBe(before + 1);
});

test('it is told once, though the answer to what is new is lost', async () => {
  const opened = (await deliver('open')) as { ticket: string };
  loseAnswerTo = (url, method) => method === 'POST' && url.endsWith('/comment');
  expect(await deliver('resolve', resolved, 101)).toMatchObject({ outcome: 'retry' });
  expect(await ticketOf(await deliver('resolve', resolved, 101))).toMatchObject({ Status: 'resolved' });
  expect((await textsOf(opened.ticket)).filter(({ Subject }) => Subject === '[vigie:101]')).toHaveLength(1);
});

test('a comment goes both ways: ours bears its mark, one written there has its author, whatever its form', async () => {
  const opened = (await deliver('open')) as { ticket: string };
  const before = await find();
  expect(await news().comments(before, signal())).toEqual([]);
  await rt.ask('POST', `/ticket/${opened.ticket}/comment`, {
    Content: '<p>vu &amp; <b>bien</b>, é</p>',
    ContentType: 'text/html',
  });
  const comments = [{ at: AT, by: 'Inès', text: 'câble débranché' }];
  expect(await deliver('comment', { comments }, 102)).toMatchObject({ outcome: 'done' });
  expect(await news().comments(before, signal())).toMatchObject([
    { by: RT_USER, text: 'vu & bien, é' },
    { by: RT_USER, text: '[vigie:102]\nInès\u202f: câble débranché' },
  ]);
});

test('what was resolved is reopened; who has a ticket and what has changed since is told', async () => {
  const opened = (await deliver('open')) as { ticket: string };
  await deliver('resolve', resolved);
  expect(await ticketOf(await deliver('reopen', { state: 'new' }))).toMatchObject({ Status: 'open' });
  await rt.ask('PUT', `/ticket/${opened.ticket}`, { Owner: RT_USER });
  const { LastUpdated } = (await rt.ask('GET', `/ticket/${opened.ticket}`)) as { LastUpdated: string };
  const changedAt = Date.parse(LastUpdated);
  await rt.ask('POST', '/ticket', { Queue: 'General', Subject: 'a printer' });
  const changed = await news().changedSince(changedAt, signal());
  expect(changed).toContainEqual({
    ...{ id: opened.ticket, number: opened.ticket, key, status: 'in-progress', assignee: RT_USER, changedAt },
  });
  expect(changed.every((ticket) => ticket.key !== undefined && ticket.changedAt >= changedAt)).toBe(true);
  expect(await news().changedSince(changedAt + 60_000, signal())).toEqual([]);
});

test('what people at the desk have decided is left: a ticket they took stays theirs, one they closed stays closed', async () => {
  const opened = (await deliver('open')) as { ticket: string };
  await rt.ask('PUT', `/ticket/${opened.ticket}`, { Status: 'open' });
  expect(await ticketOf(await deliver('update', { priority: 1 }))).toMatchObject({ Status: 'open' });
  await rt.ask('PUT', `/ticket/${opened.ticket}`, { Status: 'rejected' });
  expect(await ticketOf(await deliver('resolve', resolved))).toMatchObject({ Status: 'rejected' });
});

test('a ticket is known by our key alone: none of others, and not one of two', async () => {
  const stranger = (await rt.ask('POST', '/ticket', { Queue: 'General', Subject: `${key} too` })) as { id: string };
  expect(await deliver('update')).toEqual({ outcome: 'refused', error: 'no ticket bears our key' });
  const opened = (await deliver('open')) as { ticket: string };
  expect(opened.ticket).not.toBe(stranger.id);
  const urn = `urn:vigie:${encodeURIComponent(key).replaceAll("'", '%27')}`;
  const second = (await rt.ask('POST', '/ticket', { Queue: 'General', Subject: 'x', RefersTo: urn })) as { id: string };
  expect(await deliver('update')).toEqual({
    outcome: 'refused',
    error: `several tickets bear our key: ${opened.ticket}, ${second.id}`,
  });
});

test('a queue it does not have is told; a password it does not take is tried again', async () => {
  const options = { url: rt.url, queue: 'Nowhere', user: RT_USER };
  const context = { secrets: [RT_PASSWORD], fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' };
  const open = ticketWork({ incident: `${key}x` });
  const signal = AbortSignal.timeout(60_000);
  expect(await plugin.create(options, context).deliver(open, signal)).toMatchObject({ outcome: 'refused' });
  expect(await plugin.create(options, { ...context, secrets: ['no'] }).deliver(open, signal)).toEqual({
    outcome: 'retry',
    error: 'HTTP 401: the desk does not accept our credentials',
  });
});

test('an incident and its ticket live one life: taken, commented, held, closed too early and opened again, over', async () => {
  const rig = await JudgeRig.open({ desks: ['rt'] });
  const watch = await watchDesks({
    ...{ store: rig.store, desks: { rt: desk }, incidents: rig.judge, now: () => rig.now, timeoutMs: 60_000 },
    settings: { rt: { pollS: 3_600, whenClosed: 'reopen', closedGraceS: 0 } },
    submit: async (events) => void (await rig.feed(...events)),
    log: { warn: () => {} },
    setTimer: () => () => {},
  });
  /** Brings the desk all that waits for it, as the outbox does. */
  async function bring(): Promise<void> {
    for (let due: TicketWork[] = await rig.store.dueTicketWork(rig.now, 10); due.length > 0; ) {
      for (const one of due) {
        const delivery = await desk.deliver(one, signal());
        if (delivery.outcome !== 'done') throw new Error(JSON.stringify(delivery));
        const entry = { at: rig.now, reason: { code: 'ticket.updated', params: { desk: 'rt' } } } as const;
        await rig.store.ticketWorkDone(one.id, delivery.ticket, entry);
        rig.judge.ticketChanged(one.incident, {
          ticketState: 'open',
          ...(delivery.ticket && { ticket: delivery.ticket }),
        });
      }
      due = await rig.store.dueTicketWork(rig.now, 10);
    }
  }
  const incident = () => {
    const found = rig.incident(1);
    if (!found) throw new Error('there is no incident');
    return found;
  };
  const ticket = async () => (await rt.ask('GET', `/ticket/${incident().ticket}`)) as Ticket;
  const there = async (change: object): Promise<void> => {
    await rt.ask('PUT', `/ticket/${incident().ticket}`, change);
    await watch.hear('rt', incident().key);
    await bring();
  };
  try {
    await rig.birth();
    await rig.pass(300);
    await rig.hear('lost', 'demo/001/till-2');
    await rig.pass(10);
    await bring();
    expect(await ticket()).toMatchObject({ Status: 'new' });

    await there({ Owner: RT_USER, Status: 'open' });
    expect(incident()).toMatchObject({ state: 'in-progress', owner: RT_USER });
    const { key: ours, ticket: name } = incident();
    await rt.ask('POST', `/ticket/${name}/comment`, { Content: 'je rappelle', ContentType: 'text/plain' });
    await watch.hear('rt', ours);
    expect(incident().comments).toMatchObject([{ by: RT_USER, text: 'je rappelle', desk: 'rt' }]);
    await rig.feed({ kind: 'comment', incident: ours, by: 'Inès', text: 'merci' });
    await bring();
    const said = await textsOf(name);
    expect(said.filter(({ Content }) => Content.includes('merci'))).toHaveLength(1);
    expect(said.filter(({ Content }) => Content.includes('je rappelle'))).toHaveLength(1);
    await watch.hear('rt', ours);
    expect(incident().comments).toHaveLength(2);

    await there({ Status: 'stalled' });
    expect(incident().state).toBe('on-hold');
    await there({ Status: 'open' });
    expect(incident().state).toBe('in-progress');
    await there({ Status: 'resolved' });
    expect(incident().state).toBe('in-progress');
    expect(await ticket()).toMatchObject({ Status: 'open' });

    await rig.hear('online', 'demo/001/till-2');
    await rig.pass(600);
    await bring();
    expect(incident().state).toBe('resolved');
    expect(await ticket()).toMatchObject({ Status: 'resolved' });
  } finally {
    await watch.stop();
    await rig.close();
  }
});
