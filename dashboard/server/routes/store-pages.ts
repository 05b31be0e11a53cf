import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { renderSVG } from 'uqr';
import { type DeviceKey, nameOf, type StoreKey, storeKey } from '../../../protocol/names.ts';
import { BLOCKED_BY } from '../../../protocol/store-words.ts';
import { isOver } from '../../../protocol/weights.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing, ErrorBody } from '../errors.ts';
import { preferredLocale } from '../language.ts';
import { ASKED_FOR_MS, type KnownOfStore, lanesOf } from '../store-page/known.ts';
import { readLink, type StoreLink, signLink } from '../store-page/link.ts';
import { LONGEST_NOTE, linkSheet, lostPage, storePage, tooManyPage } from '../store-page/page.ts';
import { STORE_PAGE_STYLE } from '../store-page/style.ts';
import { Satisfaction } from '../view-schemas.ts';

const tags = ['stores'];
const HOUR_MS = 3_600_000;
/** What a store may say in an hour. */
const WORDS_PER_HOUR = 20;
const MOST_INCIDENTS = 200;
const FORM = 'application/x-www-form-urlencoded';

const Token = Type.Object({ token: Type.String({ maxLength: 600 }) });
const OfStore = Type.Object({ chain: Type.String(), store: Type.String() });
const text = Type.String({ maxLength: 1_000, default: '' });
const Blocked = Type.Object({ till: Type.String(), by: Type.Enum([...BLOCKED_BY]), note: Type.Optional(text) });
const Works = Type.Object({ till: Type.String() });
const Well = Type.Object({
  incident: Type.String({ pattern: '^[1-9]\\d{0,15}$' }),
  well: Type.Enum(['yes', 'no']),
  note: Type.Optional(text),
});

/** The pages stores have for themselves, behind links that are signed; and what operators need to hand those out. */
export function addStorePageRoutes(app: App, context: RouteContext): void {
  // A parser of forms, for these pages alone: no other route takes one.
  void app.register((pages: App, _options, laid) => {
    pages.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: 4_096 }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)));
    });
    addPages(pages, context);
    laid();
  });
  addLinks(app, context);
}

function addPages(app: App, { ports, now }: RouteContext): void {
  const { storePages, wall, incidents } = ports;
  const sayLimit = app.createRateLimit({
    max: WORDS_PER_HOUR,
    timeWindow: HOUR_MS,
    keyGenerator: (request) => `store-page ${(request as FastifyRequest & { opened?: StoreLink }).opened?.store}`,
  });

  /** The store a link opens; undefined for every link that does not, whyever. */
  async function open(token: string): Promise<StoreLink | undefined> {
    const link = readLink(token, storePages.key);
    if (!link || link.generation !== (await storePages.generation(link.store))) return undefined;
    const store = wall.store(link.store);
    if (!store) return undefined;
    if (link.device !== undefined && !store.devices.some(({ key }) => key === link.device)) return undefined;
    return link;
  }

  async function known(key: StoreKey): Promise<KnownOfStore | undefined> {
    const store = wall.store(key);
    if (!store) return undefined;
    const at = now();
    const [found, words] = await Promise.all([
      incidents.list({ store: key, since: at - ASKED_FOR_MS, limit: MOST_INCIDENTS }),
      storePages.words(key),
    ]);
    const over = found.filter(({ state }) => isOver(state));
    const given = await Promise.all(over.map(({ number }) => storePages.answerTo(number)));
    return {
      locale: storePages.localeOf(key),
      timeZone: store.definition.timeZone,
      tile: store.tile,
      devices: store.devices,
      incidents: found,
      words,
      answers: new Map(given.flatMap((answer) => (answer ? [[answer.incident, answer]] : []))),
      now: at,
    };
  }

  const send = (reply: FastifyReply, page: string, status = 200) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow')
      .send(page);
  const lost = (request: FastifyRequest, reply: FastifyReply) =>
    send(reply, lostPage(preferredLocale(request.headers['accept-language'])), 404);

  /** Takes a store’s word, and shows the page again. */
  async function take(
    request: FastifyRequest<{ Params: { token: string } }>,
    reply: FastifyReply,
    say: (link: StoreLink) => Promise<boolean>,
  ) {
    const { token } = request.params;
    const link = await open(token);
    if (!link) return lost(request, reply);
    const limit = await sayLimit(Object.assign(request, { opened: link }));
    if (!limit.isAllowed && limit.isExceeded)
      return send(reply, tooManyPage(storePages.localeOf(link.store), `/s/${token}`), 429);
    if (!(await say(link))) return lost(request, reply);
    return reply.redirect(`/s/${token}?noted`, 303);
  }

  /** A till of the link’s store; the link of one till speaks for that one. */
  const tillOf = ({ store, device }: StoreLink, name: string): DeviceKey | undefined =>
    lanesOf(wall.store(store)?.devices ?? []).find(
      ({ key }) => nameOf(key) === name && (device === undefined || key === device),
    )?.key;

  app.get('/s/style.css', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STORE_PAGE_STYLE),
  );

  app.get(
    '/s/:token',
    {
      config: { needs: 'anyone', rateLimit: { max: 120, timeWindow: 60_000 } },
      schema: { hide: true, params: Token, querystring: Type.Object({ noted: Type.Optional(Type.String()) }) },
    },
    async (request, reply) => {
      const { token } = request.params;
      const link = await open(token);
      const all = link && (await known(link.store));
      if (!link || !all) return lost(request, reply);
      const thanks = request.query.noted !== undefined;
      return send(reply, storePage(all, { device: link.device, path: `/s/${token}`, thanks }));
    },
  );

  app.post(
    '/s/:token/blocked',
    { config: { needs: 'anyone' }, schema: { hide: true, params: Token, body: Blocked } },
    (request, reply) =>
      take(request, reply, async (link) => {
        const { till, by, note = '' } = request.body;
        const device = tillOf(link, till);
        if (device !== undefined) await storePages.blocked(device, by, oneLine(note));
        return device !== undefined;
      }),
  );

  app.post(
    '/s/:token/works',
    { config: { needs: 'anyone' }, schema: { hide: true, params: Token, body: Works } },
    (request, reply) =>
      take(request, reply, async (link) => {
        const device = tillOf(link, request.body.till);
        if (device !== undefined) await storePages.works(device);
        return device !== undefined;
      }),
  );

  app.post(
    '/s/:token/well',
    { config: { needs: 'anyone' }, schema: { hide: true, params: Token, body: Well } },
    (request, reply) =>
      take(request, reply, async ({ store }) => {
        const { incident: told, well, note = '' } = request.body;
        const incident = (await incidents.get(Number(told)))?.incident;
        const isAsked =
          incident?.store === store && isOver(incident.state) && now() - (incident.resolvedAt ?? 0) < ASKED_FOR_MS;
        if (isAsked)
          await storePages.answer({ incident: incident.number, store, isWell: well === 'yes', note: oneLine(note) });
        return isAsked;
      }),
  );
}

function addLinks(app: App, { ports }: RouteContext): void {
  const { storePages, wall } = ports;

  /** The store’s link, then one per till. */
  async function linksOf(key: StoreKey, request: FastifyRequest) {
    const store = wall.store(key);
    if (!store) throw new ApiError('no-such-store');
    const generation = await storePages.generation(key);
    const base = storePages.publicUrl ?? `${request.protocol}://${request.host}`;
    const linkTo = (link: StoreLink) => `${base}/s/${signLink(link, generation, storePages.key)}`;
    const tills = lanesOf(store.devices).map(({ key: device, title }) => ({
      device,
      title,
      url: linkTo({ store: key, device }),
    }));
    return { title: store.tile.title, generation, url: linkTo({ store: key }), tills };
  }

  const Link = { url: Type.String(), svg: Type.String({ description: 'The address as a QR code, an SVG.' }) };

  app.get(
    '/api/v1/stores/:chain/:store/links',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'The links of a store’s own page, and of its tills’',
        params: OfStore,
        response: answers(
          Type.Object({
            ...Link,
            generation: Type.Integer(),
            tills: Type.Array(Type.Object({ ...Link, device: Type.String(), title: Type.String() })),
          }),
        ),
      },
    },
    async (request) => {
      const { chain, store } = request.params;
      const { url, generation, tills } = await linksOf(storeKey(chain, store), request);
      const drawn = tills.map((till) => ({ ...till, svg: drawQr(till.url) }));
      return { url, svg: drawQr(url), generation, tills: drawn };
    },
  );

  app.get(
    '/api/v1/stores/:chain/:store/links.html',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'The same as a sheet to print',
        params: OfStore,
        response: {
          200: { description: 'A page.', content: { 'text/html': { schema: Type.String() } } },
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (request, reply) => {
      const { chain, store } = request.params;
      const key = storeKey(chain, store);
      const { title, url, tills } = await linksOf(key, request);
      const links = [{ title: undefined, url }, ...tills].map((link) => ({ ...link, svg: drawQr(link.url) }));
      return reply
        .type('text/html; charset=utf-8')
        .serializer(String)
        .send(linkSheet(storePages.localeOf(key), title, links));
    },
  );

  app.post(
    '/api/v1/stores/:chain/:store/links/revoke',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Makes every link of a store’s page worthless: new ones have to be put up',
        params: OfStore,
        response: answersNothing('There are new links.'),
      },
    },
    async (request, reply) => {
      const { chain, store } = request.params;
      const key = storeKey(chain, store);
      if (!wall.store(key)) throw new ApiError('no-such-store');
      await storePages.revoke(key, request.by());
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/satisfaction',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'What stores answered when they were asked whether all is well again',
        querystring: Type.Object({ from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 0 }) }),
        response: answers(
          Type.Object({
            well: Type.Integer(),
            notWell: Type.Integer(),
            answers: Type.Array(Satisfaction),
          }),
        ),
      },
    },
    async (request) => {
      const given = await storePages.answers(request.query.from, request.query.to);
      const well = given.filter(({ isWell }) => isWell).length;
      return { well, notWell: given.length - well, answers: given };
    },
  );
}

const drawQr = (url: string): string => renderSVG(url, { ecc: 'M', border: 2 });

const oneLine = (note: string): string =>
  note
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NOTE);
