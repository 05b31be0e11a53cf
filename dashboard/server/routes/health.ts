import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { answers } from '../errors.ts';
import { Instant } from '../view-schemas.ts';

const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  version: Type.String(),
  startedAt: Instant,
  problems: Type.Array(Type.String()),
});

export function addHealthRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/health',
    {
      config: { needs: 'anyone' },
      schema: { tags: ['self'], summary: 'Whether Vigie itself is well', response: answers(Health) },
    },
    () => ports.self.health(),
  );
}
