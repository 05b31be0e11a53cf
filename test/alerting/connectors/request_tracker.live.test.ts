import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/request_tracker.ts';
import type { Desk, TicketAction } from '../../../alerting/ports.ts';
import { type RequestTracker, RT_PASSWORD, RT_USER, startRequestTracker } from '../../support/request-tracker.ts';
import { AT, incidentView, ticketWork } from '../fixtures.ts';

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
