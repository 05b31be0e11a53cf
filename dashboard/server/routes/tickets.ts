import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { Instant, Limit } from '../view-schemas.ts';

const tags = ['tickets'];

const DeadWork = Type.Object({
  id: Type.Integer(),
  incident: Type.Integer(),
  desk: Type.String(),
  action: Type.String(),
  error: Type.String(),
  attempts: Type.Integer(),
  diedAt: Instant,
});

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
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        response: answersNothing('Waiting to be sent again.'),
      },
    },
    async (request, reply) => {
      if (!(await ports.tickets.replay(request.params.id, request.by()))) throw new ApiError('no-such-ticket-work');
      return reply.code(204).send(null);
    },
  );
}
