import { Type } from 'typebox';
import { SESSION_COOKIE } from '../access.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { refuseForeignOrigin } from '../origin.ts';
import { SESSION_LIFETIME_S } from '../sessions.ts';

export const RoleSchema = Type.Enum(['viewer', 'operator', 'admin']);

const Session = Type.Object({
  who: Type.Union([Type.Object({ name: Type.String(), role: RoleSchema }), Type.Null()]),
  readingNeedsToken: Type.Boolean({ description: 'False when whoever reaches this address may read.' }),
});

const SignIn = Type.Object({ token: Type.String({ minLength: 1, maxLength: 512 }) }, { additionalProperties: false });

export function addSessionRoutes(app: App, { ports, sessions }: RouteContext): void {
  const url = '/api/v1/session';
  const tags = ['session'];

  app.get(
    url,
    { config: { needs: 'anyone' }, schema: { tags, summary: 'Who is signed in', response: answers(Session) } },
    (request) => ({ who: request.who ?? null, readingNeedsToken: ports.access.readingNeedsToken }),
  );

  app.post(
    url,
    {
      config: { needs: 'anyone', rateLimit: { max: 10, timeWindow: 60_000 } },
      schema: {
        tags,
        summary: 'Signs in with a token',
        description: 'Sets an HttpOnly cookie that lasts twelve hours.',
        body: SignIn,
        response: answersNothing('Signed in.'),
      },
    },
    async (request, reply) => {
      refuseForeignOrigin(request);
      const { token } = request.body;
      const who = await ports.access.who(token);
      if (who === undefined) {
        request.log.warn({ from: request.ip }, 'sign-in refused');
        throw new ApiError('wrong-token');
      }
      request.log.info({ from: request.ip, who: who.name }, 'signed in');
      reply.setCookie(SESSION_COOKIE, sessions.open(token), {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: request.protocol === 'https',
        maxAge: SESSION_LIFETIME_S,
      });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    url,
    { config: { needs: 'viewer' }, schema: { tags, summary: 'Signs out', response: answersNothing('Signed out.') } },
    async (request, reply) => {
      const id = request.cookies[SESSION_COOKIE];
      if (id !== undefined) sessions.close(id);
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.code(204).send(null);
    },
  );
}
