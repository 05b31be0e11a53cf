import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink, signLink } from '../../../dashboard/server/store-page/link.ts';
import { INCIDENT, NOW, STORE_PAGE_KEY, TILE } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const STORE = TILE.key;
const TILL = `${STORE}/till-2` as const;
const linkTo = (device?: typeof TILL, generation = 1) =>
  `/s/${signLink({ store: STORE, ...(device && { device }) }, generation, STORE_PAGE_KEY)}`;
const form = (url: string, fields: Record<string, string>, more: object = {}) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(fields).toString(),
  ...more,
});
const blocked = { till: 'till-2', by: 'frozen', note: 'écran <b>bleu</b>' };

describe('the link of a store', () => {
  it('opens what it names, as long as nothing of it is changed', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.option(fc.constantFrom('till-1', 'x.2'), { nil: undefined }), (generation, name) => {
        const link = { store: STORE, ...(name !== undefined && { device: `${STORE}/${name}` as const }) };
        const token = signLink(link, generation, STORE_PAGE_KEY);
        expect(readLink(token, STORE_PAGE_KEY)).toEqual({ ...link, generation });
        expect(readLink(token, new Uint8Array(32))).toBeUndefined();
        for (let at = 0; at < token.length; at++) {
          const other = token[at] === 'A' ? 'B' : 'A';
          const changed = token.slice(0, at) + other + token.slice(at + 1);
          // The last sign of 16 bytes in base64 has bits to spare: there are spellings of the very same signature.
          if (at < token.length - 1) expect(readLink(changed, STORE_PAGE_KEY)).toBeUndefined();
        }
      }),
      { seed: 20_261_123 },
    );
  });

  it('is nothing whatever the bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (token) => {
        expect(readLink(token, STORE_PAGE_KEY)).toBeUndefined();
      }),
      { seed: 20_261_123 },
    );
  });
});

describe('a store’s own page', () => {
  it.each([
    ['fr', 'Lyon', 'Caisse 2 ne répond plus', 'L’équipe est prévenue', 'Ticket INC42', 'Cette caisse est bloquée'],
    ['en', 'Lyon', 'Caisse 2 does not answer', 'The team has been told', 'Ticket INC42', 'This till is blocked'],
  ] as const)('says in the store’s language (%s) what is known', async (storeLocale, ...told) => {
    const { app } = await serve({ storeLocale });
    const page = await app.inject({ url: linkTo() });
    expect(page.statusCode).toBe(200);
    for (const text of told) expect(page.body).toContain(text);
    expect(page.body).toContain(`lang="${storeLocale}"`);
    expect(page.body).not.toMatch(/undefined|NaN|\[object|lyon-01\/|silence/);
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(page.headers['set-cookie']).toBeUndefined();
  });

  it('of one till shows that till, and asks for no token where reading needs one', async () => {
    const { app } = await serve({ readingNeedsToken: true });
    const page = await app.inject({ url: linkTo(TILL) });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Lyon, Caisse 2');
  });

  it('says no more of a link that is forged than of one whose time is over', async () => {
    const { app } = await serve();
    const { store } = readLink(linkTo().slice(3), STORE_PAGE_KEY) ?? {};
    expect(store).toBe(STORE);
    const forged = signLink({ store: STORE }, 1, new Uint8Array(32));
    const elsewhere = signLink({ store: 'acme/paris-09' }, 1, STORE_PAGE_KEY);
    const gone = signLink({ store: STORE, device: `${STORE}/till-9` }, 1, STORE_PAGE_KEY);
    const answers = await Promise.all(
      [forged, elsewhere, gone, 'x', `${linkTo(undefined, 2).slice(3)}`].map((token) =>
        app.inject({ url: `/s/${token}` }),
      ),
    );
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(404);
  });

  it('takes the word that a till is blocked, once that it works, and shows both', async () => {
    const { app, calls } = await serve();
    const said = await app.inject(form(`${linkTo()}/blocked`, blocked));
    expect([said.statusCode, said.headers.location]).toEqual([303, `${linkTo()}?noted`]);
    expect(calls).toContainEqual(['blocked', TILL, 'frozen', 'écran <b>bleu</b>']);
    const page = (await app.inject({ url: `${linkTo()}?noted` })).body;
    expect(page).toContain('Merci, c’est noté.');
    expect(page).toContain('signalée bloquée à 10:00');
    expect(page).not.toContain('<b>bleu');
    expect((await app.inject(form(`${linkTo(TILL)}/works`, { till: 'till-2' }))).statusCode).toBe(303);
    expect(calls).toContainEqual(['works', TILL]);
    expect((await app.inject({ url: linkTo() })).body).toContain('Cette caisse est bloquée');
  });

  it('takes nothing about another till than its own, nor what is no word of ours', async () => {
    const { app, calls } = await serve();
    const post = async (fields: Record<string, string>, url = `${linkTo()}/blocked`) =>
      (await app.inject(form(url, fields))).statusCode;
    expect(await post({ ...blocked, till: 'till-9' })).toBe(404);
    expect(await post({ ...blocked, till: '../till-2' })).toBe(404);
    expect(await post({ ...blocked, by: 'boredom' })).toBe(400);
    expect(await post({ till: 'till-2' })).toBe(400);
    expect(await post(blocked, `/s/${signLink({ store: STORE }, 1, new Uint8Array(32))}/blocked`)).toBe(404);
    expect(await post({ ...blocked, note: 'x'.repeat(5_000) })).toBe(413);
    expect(calls.filter(([what]) => what === 'blocked')).toEqual([]);
  });

  it('keeps a note on one line and short', async () => {
    const { app, calls } = await serve();
    await app.inject(form(`${linkTo()}/blocked`, { ...blocked, note: ` a\r\nb\u0000 ${'c'.repeat(300)}` }));
    const note = calls.find(([what]) => what === 'blocked')?.[3] as string;
    expect(note).toMatch(/^a b c+$/);
    expect(note).toHaveLength(140);
  });

  it('takes twenty words an hour from one store', async () => {
    const { app, calls } = await serve();
    const codes: number[] = [];
    for (let i = 0; i < 22; i++) codes.push((await app.inject(form(`${linkTo()}/blocked`, blocked))).statusCode);
    expect(codes.slice(18)).toEqual([303, 303, 429, 429]);
    expect(calls.filter(([what]) => what === 'blocked')).toHaveLength(20);
  });

  it('asks whether all is well again, keeps the last answer, and tells it', async () => {
    const { app, setIncident } = await serve();
    setIncident({ ...INCIDENT, state: 'resolved', resolvedAt: NOW - 60_000 });
    const page = (await app.inject({ url: linkTo() })).body;
    expect(page).toContain('Rétabli à 09:59\u202f: Caisse 2 ne répond plus. Tout va bien\u202f?');
    const answer = (fields: Record<string, string>) =>
      app.inject(form(`${linkTo()}/well`, { incident: '7', ...fields }));
    expect((await answer({ well: 'no', note: 'encore lent' })).statusCode).toBe(303);
    expect((await answer({ well: 'yes' })).statusCode).toBe(303);
    expect((await app.inject({ url: linkTo() })).body).toContain('Vous avez répondu\u202f: tout va bien.');
    const told = await app.inject(as('viewer', { url: `/api/v1/satisfaction?from=0&to=${NOW + 1}` }));
    expect(told.json()).toEqual({
      well: 1,
      notWell: 0,
      answers: [{ incident: 7, store: STORE, isWell: true, note: '', at: NOW }],
    });
    setIncident(INCIDENT);
    expect((await answer({ well: 'yes' })).statusCode).toBe(404);
    setIncident({ ...INCIDENT, state: 'resolved', resolvedAt: NOW - 73 * 3_600_000 });
    expect((await answer({ well: 'yes' })).statusCode).toBe(404);
    setIncident({ ...INCIDENT, store: 'acme/paris-09', state: 'resolved', resolvedAt: NOW });
    expect((await answer({ well: 'yes' })).statusCode).toBe(404);
  });
});

describe('the links of a store’s page', () => {
  const links = `/api/v1/stores/${STORE}/links`;

  it('are an operator’s to hand out, with their QR codes, and to print', async () => {
    const { app } = await serve();
    const { url, svg, tills } = (await app.inject(as('operator', { url: links }))).json();
    expect(url).toBe(`https://vigie.example${linkTo()}`);
    expect(svg).toMatch(/^<svg /);
    expect(tills).toEqual([
      {
        device: TILL,
        title: 'Caisse 2',
        url: `https://vigie.example${linkTo(TILL)}`,
        svg: expect.stringMatching(/^<svg /),
      },
    ]);
    const sheet = await app.inject(as('operator', { url: `${links}.html` }));
    expect(sheet.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(sheet.body.match(/<svg /g)).toHaveLength(2);
    expect(sheet.body).toContain('Caisse bloquée\u202f? Scannez');
    expect(errorCodeOf(await app.inject(as('viewer', { url: links })))).toBe('forbidden');
    expect(errorCodeOf(await app.inject(as('operator', { url: '/api/v1/stores/acme/none/links' })))).toBe(
      'no-such-store',
    );
  });

  it('are worthless once an admin says so', async () => {
    const { app } = await serve();
    const revoke = { method: 'POST' as const, url: `${links}/revoke` };
    expect(errorCodeOf(await app.inject(as('operator', revoke)))).toBe('forbidden');
    expect((await app.inject(as('admin', revoke))).statusCode).toBe(204);
    expect((await app.inject({ url: linkTo() })).statusCode).toBe(404);
    expect((await app.inject({ url: linkTo(undefined, 2) })).statusCode).toBe(200);
  });
});
