import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { answers } from '../errors.ts';
import { Instant, Limit } from '../view-schemas.ts';

const SetAside = Type.Object({
  entries: Type.Array(
    Type.Object({ at: Instant, source: Type.String(), reason: Type.String(), sample: Type.String() }),
  ),
  counts: Type.Record(Type.String(), Type.Number(), { description: 'By reason, since ever.' }),
});

export function addSetAsideRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/set-aside',
    {
      config: { needs: 'operator' },
      schema: {
        tags: ['self'],
        summary: 'Messages that were refused, newest first',
        querystring: Limit,
        response: answers(SetAside),
      },
    },
    async (request) => ports.self.setAside(request.query.limit ?? 100),
  );
}
