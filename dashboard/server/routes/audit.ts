import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { answers } from '../errors.ts';
import { Instant, Limit } from '../view-schemas.ts';

const Entry = Type.Object({ at: Instant, who: Type.String(), action: Type.String(), detail: Type.String() });

export function addAuditRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/audit',
    {
      config: { needs: 'admin' },
      schema: {
        tags: ['access'],
        summary: 'Who did what, newest first',
        querystring: Limit,
        response: answers(Type.Object({ entries: Type.Array(Entry) })),
      },
    },
    async (request) => ({ entries: await ports.access.audit(request.query.limit ?? 100) }),
  );
}
