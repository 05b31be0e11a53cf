import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answersNothing } from '../errors.ts';

const BODY_LIMIT = 256 * 1024;

/** Where service desks send what their people do. Who they are is said by their signature over every byte of the body. */
export function addDeskNewsRoutes(app: App, { ports }: RouteContext): void {
  void app.register((door: App, _options, laid) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    door.post(
      '/api/v1/desks/:desk/news',
      {
        config: { needs: 'anyone', rateLimit: { max: 600, timeWindow: 60_000 } },
        bodyLimit: BODY_LIMIT,
        schema: {
          tags: ['tickets'],
          summary: 'What a desk sends by itself of its tickets, signed',
          description:
            'As docs/DESKS.md tells it: `X-Signature` as ours are signed, or the desk’s own kind of signature. Answered once what follows from it is kept; the same news again does no harm.',
          params: Type.Object({ desk: Type.String({ minLength: 1, maxLength: 64 }) }),
          response: answersNothing('Heard.'),
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = (name: string) => {
          const value = request.headers[name];
          return Array.isArray(value) ? value.join(',') : value;
        };
        const heard = await ports.tickets.hear(request.params.desk, { body, header });
        if (heard.outcome === 'no-such-desk') throw new ApiError('no-such-ticket');
        if (heard.outcome === 'elsewhere') throw new ApiError('not-followed', { retryAfterS: 30 });
        if (heard.outcome === 'refused') {
          const faults = [{ path: '/', message: heard.message }];
          throw new ApiError(heard.why === 'signature' ? 'wrong-signature' : 'invalid', { faults });
        }
        return reply.code(204).send(null);
      },
    );
    laid();
  });
}
