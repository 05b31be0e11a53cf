import type { App, RouteContext } from '../app-types.ts';
import { answers } from '../errors.ts';
import { WallSnapshot } from '../view-schemas.ts';

export function addWallRoutes(app: App, { hub }: RouteContext): void {
  app.get(
    '/api/v1/wall',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['wall'],
        summary: 'Everything the wall shows',
        description: 'Follow on with `/api/v1/live?since=<id>`: nothing is missed between the two.',
        response: answers(WallSnapshot),
      },
    },
    () => hub.snapshot(),
  );
}
