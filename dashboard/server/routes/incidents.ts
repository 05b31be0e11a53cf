import { Type } from 'typebox';
import { isOver } from '../../../protocol/weights.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { COMING_WORDS, INSTANT_WORDS, parseInstant } from '../time-params.ts';
import { IncidentView, Satisfaction, StoreKeySchema, TimelineEntry } from '../view-schemas.ts';

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

const Assignment = Type.Object(
  {
    owner: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 200, pattern: '\\S' },
        description: 'A person or a team; nobody when left out.',
      }),
    ),
    level: Type.Optional(Type.Enum([1, 2, 3], { description: 'N1, N2 or N3; as it is when left out.' })),
  },
  { additionalProperties: false },
);

const Merge = Type.Object({ into: ByNumber.properties.number }, { additionalProperties: false });

const Split = Type.Object(
  {
    alerts: Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), {
      ...{ minItems: 1, maxItems: 500 },
      description: 'Keys of some of the alerts that fire in it.',
    }),
  },
  { additionalProperties: false },
);

const Reopening = Type.Object(
  { why: Type.Optional(Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' })) },
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
        response: answers(
          Type.Object({
            incident: IncidentView,
            timeline: Type.Array(TimelineEntry),
            satisfaction: Type.Optional(Satisfaction),
          }),
        ),
      },
    },
    async (request) => {
      const found = await incidents.get(request.params.number);
      if (found === undefined) throw new ApiError('no-such-incident');
      const satisfaction = await ports.storePages.answerTo(request.params.number);
      return { ...found, ...(satisfaction && { satisfaction }) };
    },
  );

  /** `refusal`: what else stands in the way of an open incident. */
  const requireDone = async (
    done: boolean,
    number: number,
    refusal: 'incident-resolved' | 'incident-not-merged' | 'incident-not-split' = 'incident-resolved',
  ): Promise<void> => {
    if (done) return;
    const found = await incidents.get(number);
    if (!found) throw new ApiError('no-such-incident');
    throw new ApiError(isOver(found.incident.state) ? 'incident-resolved' : refusal);
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
    '/api/v1/incidents/:number/start',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Begins work on an incident, which takes it on as well',
        params: ByNumber,
        response: answersNothing('In progress.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await incidents.start(number, request.by()), number);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/assign',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Gives an incident to somebody, or to nobody, at a level of support',
        params: ByNumber,
        body: Assignment,
        response: answersNothing('Assigned.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await incidents.assign(number, request.by(), request.body), number);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/merge',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Ends an incident in another open one of its store',
        params: ByNumber,
        body: Merge,
        response: answersNothing('Merged.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const done = await incidents.merge(number, request.by(), request.body.into);
      await requireDone(done, number, 'incident-not-merged');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/split',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Makes some of the alerts that fire in an incident one of their own',
        params: ByNumber,
        body: Split,
        response: answersNothing('Split.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const done = await incidents.split(number, request.by(), request.body.alerts);
      await requireDone(done, number, 'incident-not-split');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/incidents/:number/reopen',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Opens an incident again that was resolved a short while ago',
        params: ByNumber,
        body: Reopening,
        response: answersNothing('Open again.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const done = await incidents.reopen(number, request.by(), request.body.why);
      if (!done && (await incidents.get(number)) === undefined) throw new ApiError('no-such-incident');
      if (!done) throw new ApiError('incident-not-reopened');
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
