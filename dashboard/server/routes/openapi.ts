import { Type } from 'typebox';
import type { App } from '../app-types.ts';
import { answers } from '../errors.ts';

export function addOpenApiRoutes(app: App): void {
  app.get(
    '/api/v1/openapi.json',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['self'],
        summary: 'This description',
        response: answers(Type.Unsafe<object>({ type: 'object', description: 'An OpenAPI 3.1 document.' })),
      },
    },
    () => app.swagger(),
  );
}
