import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { COMING_WORDS, INSTANT_WORDS, parseInstant } from '../time-params.ts';
import { IncidentView, StoreKeySchema, TimelineEntry } from '../view-schemas.ts';

const tags = ['incidents'];
const ByNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

const Query = Type.Object({
  state: Type.Optional(Type.Enum(['open', 'resolved'])),
  store: Type.Optional(StoreKeySchema),
  since: Type.Optional(
    Type.String({ description: `Resolved after this; open ones always match. ${INSTANT_WORDS.en}.` }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
});

export const Comment = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' }) },
  { additionalProperties: false },
);

const Hold = Type.Object(
  {
    why: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S', description: 'What it waits for.' }),
    until: Type.Optional(Type.String({ maxLength: 64, description: `When it ends by itself. ${INSTANT_WORDS.en}.` })),
  },
  { additionalProperties: false },
);

/** @throws ApiError when it is no time, or one that has passed. */
function untilOf(text: string, now: number): number {
  const until = parseInstant(text);
  if (until === undefined) throw new ApiError('invalid', { faults: [{ path: 'body.until', message: INSTANT_WORDS }] });
  if (until <= now) throw new ApiError('invalid', { faults: [{ path: 'body.until', message: COMING_WORDS }] });
  return until;
}

export function addIncidentRoutes(app: App, { ports, now }: RouteContext): void {
  const { incidents } = ports;

  app.get(
    '/api/v1/incidents',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Incidents, newest first',
        querystring: Query,
        response: answers(Type.Object({ incidents: Type.Array(IncidentView) })),
      },
    },
    async (request) => {
      const { since: sinceText, limit = 100, ...filter } = request.query;
      if (sinceText === undefined) return { incidents: await incidents.list({ ...filter, limit }) };
      const since = parseInstant(sinceText);
      if (since === undefined) {
        throw new ApiError('invalid', { faults: [{ path: 'query.since', message: INSTANT_WORDS }] });
      }
      return { incidents: await incidents.list({ ...filter, since, limit }) };
    },
  );

  app.get(
    '/api/v1/incidents/:number',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'One incident and what became of it',
        params: ByNumber,
        response: answers(Type.Object({ incident: IncidentView, timeline: Type.Array(TimelineEntry) })),
      },
    },
    async (request) => {
      const found = await incidents.get(request.params.number);
      if (found === undefined) throw new ApiError('no-such-incident');
      return found;
    },
  );

  const requireDone = async (done: boolean, number: number): Promise<void> => {
    if (done) return;
    throw new ApiError((await incidents.get(number)) === undefined ? 'no-such-incident' : 'incident-resolved');
  };

  app.post(
    '/api/v1/incidents/:number/acknowledge',
    {
      config: { needs: 'operator' },
      schema: { tags, summary: 'Takes an incident on', params: ByNumber, response: answersNothing('Acknowledged.') },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await incidents.acknowledge(number, request.by()), number);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/hold',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Puts an incident on hold: its clocks stand still',
        params: ByNumber,
        body: Hold,
        response: answersNothing('On hold.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const { why, until: untilText } = request.body;
      const until = untilText === undefined ? undefined : untilOf(untilText, now());
      await requireDone(await incidents.hold(number, request.by(), why, until), number);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/resume',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Goes on with an incident that is on hold',
        params: ByNumber,
        response: answersNothing('Not on hold.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await incidents.resume(number, request.by()), number);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/comments',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Adds a comment to an open incident',
        params: ByNumber,
        body: Comment,
        response: answersNothing('Added to its timeline.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await incidents.comment(number, request.by(), request.body.text), number);
      return reply.code(204).send(null);
    },
  );
}
