import { Type } from 'typebox';
import { UNREAD_REASONS } from '../../../protocol/facts.ts';
import { deviceKey, Name } from '../../../protocol/names.ts';
import { factTitle, unreadText } from '../../../protocol/words/facts.ts';
import { type Asset, type AssetQuery, AssetQueryError } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { writeCsv } from '../assets-csv.ts';
import { ApiError, answers, ErrorBody } from '../errors.ts';
import { preferredLocale } from '../language.ts';
import { INSTANT_WORDS, parseInstant } from '../time-params.ts';
import { DeviceKeySchema, Instant, StoreKeySchema } from '../view-schemas.ts';

const tags = ['assets'];
const one = '/api/v1/devices/:chain/:store/:device/facts';

const Selection = {
  q: Type.Optional(
    Type.String({
      maxLength: 1000,
      description:
        'Words found anywhere, and terms: `kind:till os:"windows 10*" software.pos<8.5 warranty_until<2027-01-01 -region:Bretagne no:serial`. All must hold.',
    }),
  ),
  store: Type.Optional(StoreKeySchema),
  sort: Type.Optional(
    Type.String({
      pattern: '^-?[a-z_]{1,32}$',
      description: 'A column; `-` before it turns the order. `key` when left out.',
    }),
  ),
};
const Values = Type.Record(Type.String(), Type.String(), { description: 'What is known, by the column’s id.' });
const Row = Type.Object(
  { key: DeviceKeySchema, values: Values },
  { title: 'Asset', description: 'A device as a row.' },
);
const Column = Type.Object({
  id: Type.String({ description: 'Never changes its meaning.' }),
  title: Type.String(),
  servicenow: Type.Optional(Type.String({ description: 'Field of `cmdb_ci_computer`.' })),
});
const Fact = Type.Object({
  path: Type.String(),
  title: Type.String(),
  value: Type.String(),
  source: Type.Enum(['observed', 'imported'], { description: 'Seen by its agent, or written in the inventory.' }),
  imported: Type.Optional(Type.String({ description: 'What the inventory says, where that is something else.' })),
});
const Unread = Type.Object({
  path: Type.String({ description: 'A fact or a section.' }),
  title: Type.String(),
  reason: Type.Enum([...UNREAD_REASONS]),
  text: Type.String(),
});
const Change = Type.Object(
  {
    device: DeviceKeySchema,
    deviceTitle: Type.Optional(Type.String({ description: 'As the inventory has it, where it still does.' })),
    at: Instant,
    path: Type.String(),
    title: Type.String(),
    from: Type.Optional(Type.String({ description: 'Left out: it was not there.' })),
    to: Type.Optional(Type.String({ description: 'Left out: it is not there any more.' })),
  },
  { title: 'AssetChange' },
);
const Since = {
  path: Type.Optional(
    Type.String({ maxLength: 200, description: 'A fact, or with `*` at its end all below it: `software*`.' }),
  ),
  since: Type.Optional(Type.String({ description: `Changes since then. ${INSTANT_WORDS.en}.` })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
};

export function addAssetRoutes(app: App, { ports, now }: RouteContext): void {
  const { assets } = ports;

  app.get(
    '/api/v1/assets',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Devices with all that is known of them: a search, page by page',
        querystring: Type.Object({
          ...Selection,
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
          after: Type.Optional(Type.String({ maxLength: 1000, description: '`next` of the page before.' })),
        }),
        response: answers(
          Type.Object({
            total: Type.Integer({ description: 'Devices of the whole search.' }),
            columns: Type.Array(Column),
            assets: Type.Array(Row),
            next: Type.Optional(Type.String({ description: 'Give it as `after` for the next page.' })),
          }),
        ),
      },
    },
    async (request) => {
      const { limit = 100, after } = request.query;
      const locale = preferredLocale(request.headers['accept-language']);
      const page = { limit, ...(after !== undefined && { after }) };
      const { total, assets: rows, next } = await understood(assets.search(queryOf(request.query), page));
      const columns = assets.columns.map(({ id, servicenow, ...title }) => ({
        id,
        title: title[locale],
        ...(servicenow !== undefined && { servicenow }),
      }));
      return { total, columns, assets: rows, ...(next !== undefined && { next }) };
    },
  );

  app.get(
    '/api/v1/assets/export',
    {
      config: { needs: 'viewer' },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'The whole of a search as a file, for ITAM and CMDB',
        querystring: Type.Object({
          ...Selection,
          format: Type.Optional(Type.Enum(['csv', 'json'], { description: '`csv` when left out.' })),
          names: Type.Optional(
            Type.Enum(['vigie', 'servicenow'], { description: 'Column names: ours, or those of ServiceNow.' }),
          ),
          separator: Type.Optional(Type.Enum(['comma', 'semicolon'])),
          bom: Type.Optional(Type.Boolean({ description: 'A byte order mark, for spreadsheets.' })),
        }),
        response: {
          200: {
            description: 'RFC 4180, or a list of objects by column name.',
            content: {
              'text/csv': { schema: Type.String() },
              'application/json': { schema: Type.Array(Values) },
            },
          },
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (request, reply) => {
      const { format = 'csv', names = 'vigie', separator = 'comma', bom = false } = request.query;
      const rows = await understood(assets.all(queryOf(request.query)));
      const day = new Date(now()).toISOString().slice(0, 10);
      reply.header('content-disposition', `attachment; filename="vigie-assets-${day}.${format}"`);
      if (format === 'json') {
        const named = rows.map((row) => renamed(row, assets.columns, names));
        return reply.type('application/json; charset=utf-8').send(named);
      }
      const text = writeCsv(rows, assets.columns, { names, separator: separator === 'comma' ? ',' : ';', bom });
      // Written out already: the serializer would quote it.
      return reply.type('text/csv; charset=utf-8').serializer(String).send(text);
    },
  );

  app.get(
    '/api/v1/assets/changes',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'What changed on all devices, newest first',
        querystring: Type.Object(Since),
        response: answers(Type.Object({ changes: Type.Array(Change) })),
      },
    },
    async (request) => {
      const changes = titled(await assets.changes(sinceOf(request.query)), request.headers['accept-language']);
      const titles = new Map(ports.wall.devices({}).map(({ key, title }) => [key, title]));
      return {
        changes: changes.map((change) => {
          const deviceTitle = titles.get(change.device);
          return { ...change, ...(deviceTitle !== undefined && { deviceTitle }) };
        }),
      };
    },
  );

  app.get(
    one,
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'What one device is made of, and where each fact comes from',
        params: Type.Object({ chain: Name, store: Name, device: Name }),
        response: answers(
          Type.Object({
            key: DeviceKeySchema,
            values: Values,
            facts: Type.Array(Fact),
            gatheredAt: Type.Optional(Instant),
            unread: Type.Array(Unread),
          }),
        ),
      },
    },
    async (request) => {
      const { chain, store, device } = request.params;
      const found = await assets.device(deviceKey(chain, store, device));
      if (found === undefined) throw new ApiError('no-such-device');
      const locale = preferredLocale(request.headers['accept-language']);
      return {
        ...found,
        facts: found.facts.map((fact) => ({ ...fact, title: factTitle(fact.path, locale) })),
        unread: Object.entries(found.unread).map(([path, reason]) => ({
          path,
          title: factTitle(path, locale),
          reason,
          text: unreadText(reason, locale),
        })),
      };
    },
  );

  app.get(
    `${one}/history`,
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'How one device has changed, newest first',
        params: Type.Object({ chain: Name, store: Name, device: Name }),
        querystring: Type.Object(Since),
        response: answers(Type.Object({ changes: Type.Array(Change) })),
      },
    },
    async (request) => {
      const { chain, store, device } = request.params;
      const key = deviceKey(chain, store, device);
      const changes = await assets.changes({ ...sinceOf(request.query), device: key });
      // One that left the inventory is still looked up by its history.
      if (changes.length === 0 && (await assets.device(key)) === undefined) throw new ApiError('no-such-device');
      return { changes: titled(changes, request.headers['accept-language']) };
    },
  );
}

function queryOf({
  q = '',
  store,
  sort = 'key',
}: {
  q?: string;
  store?: AssetQuery['store'];
  sort?: string;
}): AssetQuery {
  const descending = sort.startsWith('-');
  return { q, sort: descending ? sort.slice(1) : sort, descending, ...(store !== undefined && { store }) };
}

/** A search that cannot be understood is the reader's to mend. */
async function understood<T>(searched: Promise<T>): Promise<T> {
  try {
    return await searched;
  } catch (error) {
    if (!(error instanceof AssetQueryError)) throw error;
    const faults = error.faults.map(({ term, fr, en }) => ({ path: `query.q ${term}`.trimEnd(), message: { fr, en } }));
    throw new ApiError('invalid', { faults });
  }
}

function sinceOf({ path, since: text, limit = 100 }: { path?: string; since?: string; limit?: number }) {
  const since = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && since === undefined) {
    throw new ApiError('invalid', { faults: [{ path: 'query.since', message: INSTANT_WORDS }] });
  }
  return { ...(path !== undefined && { path }), ...(since !== undefined && { since }), limit };
}

function titled<Change extends { path: string }>(
  changes: readonly Change[],
  language: string | undefined,
): (Change & { title: string })[] {
  const locale = preferredLocale(language);
  return changes.map((change) => ({ ...change, title: factTitle(change.path, locale) }));
}

function renamed(
  { values }: Asset,
  columns: readonly { id: string; servicenow?: string }[],
  names: 'vigie' | 'servicenow',
): Record<string, string> {
  if (names === 'vigie') return values;
  return Object.fromEntries(
    columns.flatMap(({ id, servicenow }) => {
      const value = values[id];
      return servicenow === undefined || value === undefined ? [] : [[servicenow, value]];
    }),
  );
}
