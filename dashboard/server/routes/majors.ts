import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { IncidentView, MajorView, TimelineEntry } from '../view-schemas.ts';
import { Comment } from './incidents.ts';

const tags = ['incidents'];
const ByNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

const Query = Type.Object({
  state: Type.Optional(Type.Literal('open', { description: 'Open ones only.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
});

export function addMajorRoutes(app: App, { ports }: RouteContext): void {
  const { majors } = ports;

  app.get(
    '/api/v1/majors',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Major incidents: open ones first, then newest first',
        description: 'What several stores have in common that failed together. They share the numbers of incidents.',
        querystring: Query,
        response: answers(Type.Object({ majors: Type.Array(MajorView) })),
      },
    },
    async (request) => {
      const { limit = 100, ...filter } = request.query;
      return { majors: await majors.list({ ...filter, limit }) };
    },
  );

  app.get(
    '/api/v1/majors/:number',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'One major incident, what became of it, and the incidents beneath it',
        params: ByNumber,
        response: answers(
          Type.Object({
            major: MajorView,
            timeline: Type.Array(TimelineEntry),
            incidents: Type.Array(IncidentView, { description: 'The first 200 that came beneath it.' }),
          }),
        ),
      },
    },
    async (request) => {
      const found = await majors.get(request.params.number);
      if (found === undefined) throw new ApiError('no-such-incident');
      return found;
    },
  );

  const requireDone = async (done: boolean, number: number): Promise<void> => {
    if (done) return;
    throw new ApiError((await majors.get(number)) === undefined ? 'no-such-incident' : 'incident-resolved');
  };

  app.post(
    '/api/v1/majors/:number/acknowledge',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Takes a major incident on',
        params: ByNumber,
        response: answersNothing('Acknowledged.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await majors.acknowledge(number, request.by()), number);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/majors/:number/comments',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Adds a comment to an open major incident',
        params: ByNumber,
        body: Comment,
        response: answersNothing('Added to its timeline.'),
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      await requireDone(await majors.comment(number, request.by(), request.body.text), number);
      return reply.code(204).send(null);
    },
  );
}
