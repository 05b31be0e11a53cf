import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plugin } from '../../../alerting/connectors/webhook.ts';
import { type DeskManner, openTestDesk, type TestDesk } from '../../fakes/desk.ts';
import { AT, incidentView, SECRET, ticketWork } from '../fixtures.ts';

const context = { fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' };
const signal = () => new AbortController().signal;

describe('webhook', () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk({ secrets: [SECRET], now: () => AT });
  });
  afterEach(() => desk.close());

  const webhook = (url = desk.url, secrets = [SECRET]) => plugin.create({ url }, { ...context, secrets });
  const deliver = (manner: DeskManner) => {
    desk.manners.push(manner);
    return webhook().deliver(ticketWork(), signal());
  };

  it('posts a signed ticket and learns its name', async () => {
    expect(await webhook().deliver(ticketWork(), signal())).toEqual({ outcome: 'done', ticket: 'T1' });
    expect(desk.faults).toEqual([]);
    expect(desk.requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': `${incidentView().key}:open:7`,
      'x-attempt': '1',
    });
    expect(desk.requests[0]?.body).toMatchObject({
      eventId: desk.requests[0]?.headers['x-event-id'],
      action: 'open',
      key: incidentView().key,
      number: 12,
      locale: 'fr',
      subject: '[P2][001 Nantes] Caisse 3, connexion perdue',
    });
  });

  it('repeats key, event and body at the next attempt, and counts it', async () => {
    await deliver({ manner: 'drop-reply' });
    expect(await webhook().deliver(ticketWork({ attempts: 1 }), signal())).toEqual({ outcome: 'done', ticket: 'T1' });
    const [first, second] = desk.requests;
    for (const header of ['idempotency-key', 'x-event-id']) {
      expect(second?.headers[header]).toBe(first?.headers[header]);
    }
    expect(second?.raw).toBe(first?.raw);
    expect(second?.headers['x-attempt']).toBe('2');
    expect(desk.tickets.size).toBe(1);
    expect(desk.faults).toEqual([]);
  });

  it('gives other work another key', async () => {
    await webhook().deliver(ticketWork(), signal());
    await webhook().deliver(ticketWork({ id: 8, action: 'update' }), signal());
    const keys = desk.requests.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('makes a header of any incident key', async () => {
    const key = `demo/001/till-1#disk#/é\n${'x'.repeat(500)}`;
    const work = ticketWork({ incident: key, view: incidentView({ key }) });
    expect(await webhook().deliver(work, signal())).toMatchObject({ outcome: 'done' });
    expect(desk.requests[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{64}:open:7$/);
  });

  it('signs with every secret while one replaces another', async () => {
    const rotating = webhook(desk.url, ['a-secret-of-tomorrow', SECRET]);
    expect(await rotating.deliver(ticketWork(), signal())).toMatchObject({ outcome: 'done' });
    expect(await webhook(desk.url, ['a-secret-of-tomorrow']).deliver(ticketWork(), signal())).toEqual({
      outcome: 'refused',
      error: 'HTTP 401',
    });
  });

  it.each<[DeskManner, object]>([
    [
      { manner: 'status', status: 429 },
      { outcome: 'retry', error: 'HTTP 429' },
    ],
    [
      { manner: 'status', status: 429, retryAfter: '30' },
      { outcome: 'retry', error: 'HTTP 429', retryAfterS: 30 },
    ],
    [
      { manner: 'status', status: 503, retryAfter: new Date(AT + 90_000).toUTCString() },
      { outcome: 'retry', error: 'HTTP 503', retryAfterS: 90 },
    ],
    [
      { manner: 'status', status: 429, retryAfter: 'soon' },
      { outcome: 'retry', error: 'HTTP 429' },
    ],
    [
      { manner: 'status', status: 429, retryAfter: '99999999' },
      { outcome: 'retry', error: 'HTTP 429', retryAfterS: 3600 },
    ],
    [
      { manner: 'status', status: 500 },
      { outcome: 'retry', error: 'HTTP 500' },
    ],
    [
      { manner: 'status', status: 401 },
      { outcome: 'refused', error: 'HTTP 401' },
    ],
    [
      { manner: 'status', status: 404 },
      { outcome: 'refused', error: 'HTTP 404' },
    ],
    [
      { manner: 'status', status: 410 },
      { outcome: 'refused', error: 'HTTP 410: the receiver is gone for good' },
    ],
    [
      { manner: 'status', status: 302 },
      { outcome: 'refused', error: 'HTTP 302: redirects are not followed' },
    ],
    [{ manner: 'status', status: 204, body: '' }, { outcome: 'done' }],
    [{ manner: 'html' }, { outcome: 'retry', error: 'HTTP 200 with a web page instead of an acknowledgement' }],
    [
      { manner: 'answer', body: '{"id": 4711}' },
      { outcome: 'done', ticket: '4711' },
    ],
    [
      { manner: 'answer', body: '{"number": "INC0012"}' },
      { outcome: 'done', ticket: 'INC0012' },
    ],
    [{ manner: 'answer', body: '{"ticket": {"odd": 1}, "id": ""}' }, { outcome: 'done' }],
    [{ manner: 'answer', body: 'OK' }, { outcome: 'done' }],
    [{ manner: 'answer', body: 'null' }, { outcome: 'done' }],
    [{ manner: 'answer', body: `{"ticket":"T9","more":"${'x'.repeat(200_000)}"}` }, { outcome: 'done' }],
  ])('answered %j', async (manner, delivery) => {
    expect(await deliver(manner)).toEqual(delivery);
  });

  it.each<DeskManner>([{ manner: 'half-body' }, { manner: 'drop-reply' }])(
    'tries again after $manner',
    async (manner) => {
      expect(await deliver(manner)).toMatchObject({
        outcome: 'retry',
        error: expect.stringMatching(/^connection failed \(\w+\)$/),
      });
    },
  );

  it('stops waiting when it is told to', async () => {
    desk.manners.push({ manner: 'hang' });
    const abort = new AbortController();
    const delivery = webhook().deliver(ticketWork(), abort.signal);
    await desk.until(() => desk.requests.length === 1);
    abort.abort();
    expect(await delivery).toEqual({ outcome: 'retry', error: 'no answer in time' });
  });

  it('says that nobody listens', async () => {
    const { url } = desk;
    await desk.close();
    expect(await webhook(url).deliver(ticketWork(), signal())).toEqual({
      outcome: 'retry',
      error: 'connection failed (ECONNREFUSED)',
    });
    desk = await openTestDesk({ secrets: [SECRET] });
  });

  it('sends a password of the address as authorization and tells it nowhere', async () => {
    const address = desk.url.replace('http://', 'http://vigie:p%40ss@');
    await webhook(address).deliver(ticketWork(), signal());
    expect(desk.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('vigie:p@ss').toString('base64')}`);
    expect(desk.requests[0]?.raw).not.toContain('p@ss');
    expect(() => webhook('ftp://vigie:p%40ss@desk/x')).toThrow(/^`url` must be an https:\/\/ or http:\/\/ address$/);
    expect(() => webhook('vigie:p%40ss')).toThrow(expect.not.stringContaining('ss'));
  });

  it('follows no redirect to where the ticket was not meant for', async () => {
    let reached = false;
    const elsewhere = createServer((_, response) => {
      reached = true;
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const redirecting = createServer((_, response) => {
      const { port } = elsewhere.address() as AddressInfo;
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const { port } = redirecting.address() as AddressInfo;
    expect(await webhook(`http://127.0.0.1:${port}/`).deliver(ticketWork(), signal())).toMatchObject({
      outcome: 'refused',
    });
    expect(reached).toBe(false);
    for (const server of [elsewhere, redirecting]) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('asks for secrets worth the name, and does not tell what they were', () => {
    for (const secrets of [['short'], [SECRET, 'short'], Array(5).fill(SECRET)]) {
      expect(() => webhook(desk.url, secrets)).toThrow(
        /^the secret must have one to four lines of 16 to 256 characters$/,
      );
    }
  });
});
