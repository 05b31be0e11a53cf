import { Type } from 'typebox';
import { Name } from '../../../protocol/names.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ErrorBody } from '../errors.ts';
import { RoleSchema } from './session.ts';

export function addTokenRoutes(app: App, { ports }: RouteContext): void {
  app.post(
    '/api/v1/tokens',
    {
      config: { needs: 'admin' },
      schema: {
        tags: ['access'],
        summary: 'Makes a token',
        description: 'The token is told in this answer and never again.',
        body: Type.Object({ name: Name, role: RoleSchema }, { additionalProperties: false }),
        response: { 201: Type.Object({ token: Type.String() }), '4xx': ErrorBody, '5xx': ErrorBody },
      },
    },
    async (request, reply) => {
      const { name, role } = request.body;
      return reply.code(201).send({ token: await ports.access.create(name, role, request.by()) });
    },
  );
}
