import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { Instant, Limit } from '../view-schemas.ts';

const tags = ['tickets'];

const DeadWork = Type.Object({
  id: Type.Integer(),
  incident: Type.Integer(),
  major: Type.Boolean({ description: 'Whether the number is a major incident’s.' }),
  desk: Type.String(),
  action: Type.Enum(['open', 'update', 'comment', 'reopen', 'resolve']),
  subject: Type.String({ description: 'What was to be told, on one line.' }),
  error: Type.String(),
  attempts: Type.Integer(),
  at: Instant,
  diedAt: Instant,
});

const Standing = Type.Object({
  desk: Type.String(),
  waiting: Type.Integer(),
  dead: Type.Integer(),
  oldestAt: Type.Optional(Type.Number({ description: 'When the oldest of these was made, milliseconds since 1970.' })),
  awaySince: Type.Optional(
    Type.Number({
      description: 'It cannot be reached and is left alone for a while since then, milliseconds since 1970.',
    }),
  ),
});

const Preview = Type.Object({
  subject: Type.String(),
  text: Type.String(),
  about: Type.Object({
    item: Type.Optional(Type.String({ description: 'What the desk’s inventory calls what is at fault.' })),
    category: Type.Optional(Type.String()),
    team: Type.Optional(Type.String()),
  }),
  fields: Type.Record(Type.String(), Type.String(), { description: 'Fields of the desk’s own, by its names.' }),
});

const One = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

export function addTicketRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/tickets/dead',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Ticket work that gave up, newest first',
        querystring: Limit,
        response: answers(Type.Object({ dead: Type.Array(DeadWork) })),
      },
    },
    async (request) => ({ dead: await ports.tickets.dead(request.query.limit ?? 100) }),
  );

  app.post(
    '/api/v1/tickets/dead/:id/replay',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Tries abandoned ticket work again',
        params: One,
        response: answersNothing('Waiting to be sent again.'),
      },
    },
    async (request, reply) => {
      if (!(await ports.tickets.replay(request.params.id, request.by()))) throw new ApiError('no-such-ticket-work');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/tickets/dead/:id/discard',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Gives abandoned ticket work up for good',
        description: 'Where it was to open a ticket, all that waits behind it is given up as well.',
        params: One,
        body: Type.Object({ why: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
        response: answersNothing('It is not told.'),
      },
    },
    async (request, reply) => {
      const isDone = await ports.tickets.discard(request.params.id, request.by(), request.body.why);
      if (!isDone) throw new ApiError('no-such-ticket-work');
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/tickets/desks',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'How things stand at each service desk',
        response: answers(Type.Object({ desks: Type.Array(Standing) })),
      },
    },
    async () => ({ desks: await ports.tickets.desks() }),
  );

  app.post(
    '/api/v1/desks/:desk/preview',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'A ticket as a service desk would get it; nothing is sent',
        description: 'Of an incident, or of an example where none is named.',
        params: Type.Object({ desk: Type.String({ minLength: 1, maxLength: 200 }) }),
        body: Type.Object(
          {
            incident: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
            locale: Type.Optional(Type.Enum(['fr', 'en'])),
          },
          { additionalProperties: false },
        ),
        response: answers(Preview),
      },
    },
    async (request) => {
      const { incident, locale } = request.body;
      const of = { ...(incident !== undefined && { incident }), ...(locale && { locale }) };
      const preview = await ports.tickets.preview(request.params.desk, of);
      if (!preview) throw new ApiError('no-such-ticket');
      return preview;
    },
  );

  app.post(
    '/api/v1/tickets/desks/:desk/replay',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Tries all abandoned ticket work of a desk again',
        params: Type.Object({ desk: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: answers(Type.Object({ replayed: Type.Integer() })),
      },
    },
    async (request) => ({ replayed: await ports.tickets.replayAll(request.params.desk, request.by()) }),
  );
}
