import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { MaintenanceWindow, WINDOW_FIELDS, WINDOW_ID_PATTERN, WindowScope } from '../../../protocol/maintenance.ts';
import { MaintenanceError, WINDOW_STANDINGS } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing, ErrorBody } from '../errors.ts';
import { Instant } from '../view-schemas.ts';

const tags = ['maintenance'];
const strict = { additionalProperties: false };

const View = Type.Object(
  {
    window: MaintenanceWindow,
    standing: Type.Enum([...WINDOW_STANDINGS], { description: '`over`: it will not come again.' }),
    from: Type.Number({
      description: 'When it takes place now, next or last, in the first of its stores. Milliseconds since 1970.',
    }),
    to: Instant,
    stores: Type.Integer({ description: 'Stores it is about.' }),
    by: Type.String({ description: 'Who changed it last.' }),
    at: Instant,
  },
  { title: 'PlannedWindow' },
);
const One = Type.Object({ id: Type.String({ pattern: WINDOW_ID_PATTERN }) });
const Why = Type.Object({ why: Type.String({ minLength: 1, maxLength: 500 }) }, strict);

/** Reading is anybody's; what is announced, changed or ended is an operator's. */
export function addMaintenanceRoutes(app: App, { ports }: RouteContext): void {
  const { maintenance } = ports;

  const understood = async <T>(saved: Promise<T>): Promise<T> => {
    try {
      return await saved;
    } catch (error) {
      if (!(error instanceof MaintenanceError)) throw error;
      throw new ApiError('window-refused', { faults: error.faults });
    }
  };
  const save = (window: MaintenanceWindow, by: string) => understood(maintenance.save(window, by));

  app.get(
    '/api/v1/maintenance',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Maintenance windows and changes: now, coming, over',
        response: answers(Type.Object({ windows: Type.Array(View) })),
      },
    },
    () => ({ windows: maintenance.list() }),
  );

  app.post(
    '/api/v1/maintenance',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Announces a window; alerts are held back while it takes place',
        body: Type.Object(WINDOW_FIELDS, strict),
        response: answers(View),
      },
    },
    (request) => save({ id: randomBytes(6).toString('hex'), ...request.body }, request.by()),
  );

  app.post(
    '/api/v1/maintenance/import',
    {
      config: { needs: 'operator' },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Adds windows or replaces those of the same id, and takes away what is cancelled: all, or none',
        body: Type.Object(
          {
            windows: Type.Array(MaintenanceWindow, { maxItems: 2000 }),
            cancelled: Type.Optional(
              Type.Array(MaintenanceWindow.properties.id, {
                maxItems: 2000,
                description: 'Ids of windows that are off; what was moved of their series goes too.',
              }),
            ),
          },
          strict,
        ),
        response: answers(Type.Object({ removed: Type.Integer({ description: 'Windows taken away.' }) })),
      },
    },
    async (request) => {
      const { windows, cancelled = [] } = request.body;
      return { removed: await understood(maintenance.saveAll(windows, cancelled, request.by())) };
    },
  );

  app.post(
    '/api/v1/maintenance/import-calendar',
    {
      config: { needs: 'operator' },
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Adds the windows of an iCalendar file, or replaces those of the same UID: all, or none',
        body: Type.Object(
          {
            calendar: Type.String({ minLength: 1, description: 'RFC 5545.' }),
            kind: WINDOW_FIELDS.kind,
            scope: Type.Optional(WindowScope),
          },
          strict,
        ),
        response: answers(Type.Object({ imported: Type.Integer({ description: 'Windows.' }) })),
      },
    },
    async (request) => ({ imported: await understood(maintenance.importCalendar(request.body, request.by())) }),
  );

  app.put(
    '/api/v1/maintenance/:id',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Replaces a window, or adds it under this id',
        params: One,
        body: Type.Object({ ...WINDOW_FIELDS, endedAt: MaintenanceWindow.properties.endedAt }, strict),
        response: answers(View),
      },
    },
    (request) => save({ id: request.params.id, ...request.body }, request.by()),
  );

  app.post(
    '/api/v1/maintenance/:id/end',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Ends a window now; a repeated one comes again next time',
        params: One,
        body: Why,
        response: answersNothing('Ended.'),
      },
    },
    async (request, reply) => {
      const outcome = await maintenance.end(request.params.id, request.by(), request.body.why);
      if (outcome === 'no-such') throw new ApiError('no-such-window');
      if (outcome === 'not-now') throw new ApiError('window-not-now');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/maintenance/:id/remove',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Takes a window away, as if it had never been announced',
        params: One,
        body: Why,
        response: answersNothing('Removed.'),
      },
    },
    async (request, reply) => {
      if (!(await maintenance.remove(request.params.id, request.by(), request.body.why))) {
        throw new ApiError('no-such-window');
      }
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/maintenance/feed',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'The address under which Outlook or Google subscribe to the calendar',
        response: answers(Type.Object({ path: Type.String({ description: 'Its key lets whoever has it read it.' }) })),
      },
    },
    () => ({ path: `/api/v1/maintenance.ics?key=${maintenance.feedKey}` }),
  );

  app.get(
    '/api/v1/maintenance.ics',
    {
      // Programs that subscribe cannot sign in: the key of the address, or a token, is asked for below.
      config: { needs: 'anyone', rateLimit: { max: 120, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'All windows as an iCalendar file, for subscription',
        querystring: Type.Object({ key: Type.Optional(Type.String({ maxLength: 128 })) }),
        response: {
          200: { description: 'RFC 5545.', content: { 'text/calendar': { schema: Type.String() } } },
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (request, reply) => {
      const { key } = request.query;
      const isLetIn = request.who !== undefined || !ports.access.readingNeedsToken;
      if (!isLetIn && (key === undefined || !isSame(key, maintenance.feedKey))) throw new ApiError('unauthenticated');
      reply.header('content-disposition', 'inline; filename="vigie.ics"');
      return reply.type('text/calendar; charset=utf-8').serializer(String).send(maintenance.calendar());
    },
  );
}

function isSame(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
