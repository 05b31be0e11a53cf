import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plugin as pagerduty } from '../../../alerting/connectors/pagerduty.ts';
import { plugin as webhook } from '../../../alerting/connectors/webhook.ts';
import { askingEar, type DeskMessage, MessageRefused } from '../../../alerting/desks/ear.ts';
import { sign } from '../../../alerting/desks/signature.ts';
import { type DeskWatch, watchDesks } from '../../../alerting/desks/watch-desks.ts';
import type { Desk } from '../../../alerting/ports.ts';
import { hearDesk } from '../../../cli/server/hear-desk.ts';
import { AT, SECRET } from '../fixtures.ts';
import { JudgeRig } from '../judge-rig.ts';

const KEY = 'demo/001/till-3#silence##1790000000000';
const context = { fetch: async () => new Response('{}', { status: 202 }), timeZoneOf: () => 'Europe/Paris' };
const message = (body: string | Uint8Array, headers: Record<string, string>): DeskMessage => ({
  body: typeof body === 'string' ? Buffer.from(body) : body,
  header: (name) => headers[name],
});
const signed = (told: unknown, at = AT, secret = SECRET): DeskMessage => {
  const body = JSON.stringify(told);
  return message(body, { 'x-signature': sign(body, [secret], at) });
};
const why = (hear: () => unknown): string => {
  try {
    hear();
  } catch (error) {
    if (error instanceof MessageRefused) return `${error.why}: ${error.message}`;
    throw error;
  }
  return 'taken';
};

describe('what a desk signs', () => {
  const ear = askingEar([SECRET, 'another-secret-of-16'], () => AT);

  it('names a ticket, by any of the secrets', () => {
    expect(ear(signed({ key: KEY }))).toEqual([KEY]);
    expect(ear(signed({ key: KEY, anything: 'else' }, AT, 'another-secret-of-16'))).toEqual([KEY]);
  });

  it.each<[string, DeskMessage, RegExp]>([
    ['without a signature', message('{}', {}), /signature: .*malformed/],
    ['with a stranger’s', signed({ key: KEY }, AT, 'a-secret-of-strangers'), /signature: .*wrong/],
    ['that is old', signed({ key: KEY }, AT - 301_000), /signature: .*stale/],
    ['without a key', signed({ id: '1' }), /body: .*key/],
    ['that is no JSON', message('{"key"', { 'x-signature': sign('{"key"', [SECRET], AT) }), /body: .*JSON/],
    ['with a status there is none of', signed({ key: KEY, status: 'done' }), /body: \/status/],
  ])('is refused %s', (_, told, fault) => {
    expect(why(() => ear(told))).toMatch(fault);
  });

  it('and was changed on its way is refused', () => {
    const { header } = signed({ key: KEY });
    expect(why(() => ear({ ...signed({ key: `${KEY}1` }), header }))).toMatch(/signature: .*wrong/);
  });
});

const PAGER_SECRET = 'a-secret-of-the-pager';
function pagerMessage(event: object, secrets = [PAGER_SECRET]): DeskMessage {
  const body = JSON.stringify({ event });
  const signatures = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`);
  return message(body, { 'x-pagerduty-signature': signatures.join(',') });
}

describe('what came of an incident, by webhook', () => {
  let rig: JudgeRig;
  let watch: DeskWatch;
  let desks: Record<string, Desk>;
  let key: string;

  beforeEach(() => start());
  afterEach(() => end());

  async function start() {
    rig = await JudgeRig.open({ desks: ['pager', 'hook'] });
    const secrets = ['routing-key', 'an-old-secret', PAGER_SECRET];
    desks = {
      pager: pagerduty.create({}, { ...context, secrets, now: () => rig.now }),
      hook: webhook.create({ url: 'https://desk.example' }, { ...context, secrets: [SECRET], now: () => rig.now }),
    };
    await rig.birth();
    await rig.pass(300);
    await rig.hear('lost', 'demo/001/till-2');
    await rig.pass(10);
    key = rig.incident(1)?.key as string;
    rig.judge.ticketChanged(key, { ticketState: 'open', ticket: 'x' });
    await openWatch();
  }

  async function openWatch() {
    watch = await watchDesks({
      store: rig.store,
      desks,
      incidents: rig.judge,
      submit: async (events) => void (await rig.feed(...events)),
      log: { warn: () => {} },
      now: () => rig.now,
      setTimer: () => () => {},
    });
  }

  async function end() {
    await watch.stop();
    await rig.close();
  }

  const hear = (desk: string, told: DeskMessage, total = 1) =>
    hearDesk(
      {
        desks,
        served: {
          partitions: [{ judge: rig.judge, hear: (name: string, one: string) => watch.hear(name, one) } as never],
          total,
        },
      },
      desk,
      told,
    );
  const pager = (id: string, type: string, second: number, more: object = {}) =>
    pagerMessage({
      ...{ id, event_type: `incident.${type}`, resource_type: 'incident' },
      occurred_at: new Date(AT + 400_000 + second * 1_000).toISOString(),
      agent: { summary: 'Karim' },
      data: { type: 'incident', incident_key: key, number: 77, ...more },
    });
  const taken = (id: string, second: number, who = 'Inès') =>
    pager(id, 'acknowledged', second, { status: 'acknowledged', assignees: [{ summary: who }] });
  const note = (id: string, second: number, content: string) =>
    pager(id, 'annotated', second, { incident_key: undefined, incident: { incident_key: key }, content });

  it('is taken, noted and handed on at PagerDuty', async () => {
    expect(await hear('pager', taken('e1', 1))).toEqual({ outcome: 'heard' });
    expect(rig.incident(1)).toMatchObject({ state: 'in-progress', acknowledgedBy: 'Inès', owner: 'Inès' });
    await hear('pager', note('e2', 2, 'je rappelle le magasin'));
    await hear('pager', taken('e3', 3, 'Karim'));
    const { owner, comments } = rig.incident(1) ?? {};
    expect([owner, comments?.map(({ by, text }) => [by, text])]).toEqual([
      'Karim',
      [['Karim', 'je rappelle le magasin']],
    ]);
  });

  it('is told by any receiver of signed webhooks, held and resumed', async () => {
    const at = (second: number) => new Date(AT + 400_000 + second * 1_000).toISOString();
    await hear('hook', signed({ key, at: at(1), status: 'in-progress', assignee: 'Inès' }, rig.now));
    await hear('hook', signed({ key, at: at(2), comment: { id: 'c1', by: 'Inès', text: 'pièce commandée' } }, rig.now));
    await hear('hook', signed({ key, at: at(3), status: 'on-hold' }, rig.now));
    expect(rig.incident(1)).toMatchObject({ state: 'on-hold', owner: 'Inès', comments: [{ text: 'pièce commandée' }] });
    await hear('hook', signed({ key, at: at(4), status: 'in-progress', assignee: null }, rig.now));
    expect(rig.incident(1)).toMatchObject({ state: 'in-progress' });
    expect(rig.incident(1)).not.toHaveProperty('owner');
  });

  it('is not told back to where it comes from', async () => {
    await hear('pager', taken('e1', 1));
    await hear('pager', note('e2', 2, 'vu'));
    const since = rig.judgements.slice(-2).flatMap(({ writes }) => writes.tickets);
    expect(since.map(({ desk }) => desk)).not.toContain('pager');
    expect(since.map(({ desk }) => desk)).toContain('hook');
  });

  it('does no harm when it comes again, late, or after a restart', async () => {
    await hear('pager', taken('e2', 20, 'Karim'));
    const before = rig.judgements.length;
    await hear('pager', taken('e2', 20, 'Karim'));
    await hear('pager', taken('e1', 1, 'Inès'));
    expect(rig.judgements).toHaveLength(before);
    await watch.stop();
    desks = { ...desks, pager: pagerduty.create({}, { ...context, secrets: ['k', PAGER_SECRET], now: () => rig.now }) };
    await openWatch();
    await hear('pager', taken('e1', 1, 'Inès'));
    expect(rig.incident(1)).toMatchObject({ owner: 'Karim' });
  });

  it('ends the same in any order, however often each message comes', async () => {
    const messages = () => [
      taken('e1', 1),
      note('e2', 2, 'a'),
      taken('e3', 3, 'Karim'),
      note('e4', 4, 'b'),
      taken('e5', 5, 'Lucie'),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        fc.array(fc.nat(4), { maxLength: 5 }),
        async (order, again) => {
          await end();
          await start();
          for (const at of [...order, ...again]) await hear('pager', messages()[at] as DeskMessage);
          const { state, owner, comments } = rig.incident(1) ?? {};
          expect([state, owner]).toEqual(['in-progress', 'Lucie']);
          expect(comments?.map(({ text }) => text).sort()).toEqual(['a', 'b']);
        },
      ),
      { numRuns: 40, seed: 20_261_123 },
    );
  });

  it('is to be sent again where another collector may have it, and is past news where nobody has', async () => {
    const other = pager('e1', 'acknowledged', 1, { incident_key: 'demo/009#x##1', status: 'acknowledged' });
    expect(await hear('pager', other)).toEqual({ outcome: 'heard' });
    expect(await hear('pager', other, 2)).toEqual({ outcome: 'elsewhere' });
  });

  it('is to be sent again where it could not be kept', async () => {
    await watch.stop();
    watch = await watchDesks({
      ...{ store: rig.store, desks, incidents: rig.judge, log: { warn: () => {} }, now: () => rig.now },
      submit: () => Promise.reject(new Error('disk full')),
      setTimer: () => () => {},
    });
    expect(await hear('pager', taken('e1', 1))).toEqual({ outcome: 'elsewhere' });
  });

  it('is refused from whoever does not sign, and of desks that send nothing', async () => {
    expect(await hear('pager', pagerMessage({}, ['a-strangers-secret']))).toMatchObject({ why: 'signature' });
    expect(await hear('pager', pagerMessage({}))).toMatchObject({ outcome: 'refused', why: 'body' });
    expect(await hear('fax', taken('e1', 1))).toEqual({ outcome: 'no-such-desk' });
    const { ear } = pagerduty.create({}, { ...context, secrets: ['routing-key'], now: () => AT });
    expect(ear).toBeUndefined();
  });

  it('passes over what is about something else', async () => {
    expect(await hear('pager', pager('e9', 'triggered', 1, { incident_key: null }))).toEqual({ outcome: 'heard' });
    expect(
      await hear(
        'pager',
        pagerMessage({
          ...JSON.parse(Buffer.from(pager('e', 'x', 1).body).toString()).event,
          event_type: 'service.updated',
        }),
      ),
    ).toEqual({ outcome: 'heard' });
    expect(rig.incident(1)?.state).toBe('new');
  });
});
