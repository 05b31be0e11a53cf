import { finished } from 'node:stream';
import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, ErrorBody } from '../errors.ts';
import { DeviceKeySchema } from '../view-schemas.ts';

const Query = Type.Object({
  since: Type.Optional(
    Type.String({ maxLength: 64, description: 'What has been seen: the `id` of the wall or of an event.' }),
  ),
  device: Type.Optional(DeviceKeySchema),
});

const EVENTS = `Server-sent events:
- \`snapshot\` (WallSnapshot): first, unless \`since\` or Last-Event-ID names a position still kept;
- \`delta\` (WallDelta): what has changed, each with the next id;
- \`readings\` (ReadingsDelta): of the device asked for, and how many events it told, without id;
- \`beat\` ({at, hindered?}): every five seconds, with what keeps Vigie from its work, if anything does.`;

export function addLiveRoutes(app: App, { ports, hub, access }: RouteContext): void {
  app.get(
    '/api/v1/live',
    {
      exposeHeadRoute: false,
      config: { needs: 'viewer' },
      schema: {
        tags: ['wall'],
        summary: 'The live stream',
        description: EVENTS,
        querystring: Query,
        response: {
          200: { description: 'The stream.', content: { 'text/event-stream': { schema: Type.String() } } },
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    (request, reply) => {
      const { device, since } = request.query;
      if (hub.isFull) throw new ApiError('too-many-readers', { retryAfterS: 10 });
      const response = reply.raw;
      reply.hijack();
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      const lastEventId = request.headers['last-event-id'];
      const { leave, sendReadings } = hub.join(response, {
        since: typeof lastEventId === 'string' ? lastEventId : since,
        mayStay: () => access.mayStillRead(request),
      });
      const stopReadings = device === undefined ? () => {} : ports.wall.onReadings(device, sendReadings);
      finished(response, () => {
        leave();
        stopReadings();
      });
    },
  );
}
