import { Type } from 'typebox';
import { NAME_PATTERN } from '../../../protocol/names.ts';
import { RotaError } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { Instant } from '../view-schemas.ts';

const tags = ['on-call'];

const Duty = Type.Object({ who: Type.String(), from: Instant, to: Instant });
const Rota = Type.Object({
  name: Type.String(),
  timeZone: Type.String(),
  now: Type.Optional(Duty),
  next: Type.Optional(Duty),
  at: Instant,
  by: Type.String({ description: 'Who imported it.' }),
});
const One = Type.Object({ calendar: Type.String({ pattern: NAME_PATTERN }) });

/** Who is on call. Reading is anybody's, importing an operator's. */
export function addOnCallRoutes(app: App, { ports: { onCall } }: RouteContext): void {
  app.get(
    '/api/v1/on-call',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Who is on call now, and next, by each calendar',
        response: answers(Type.Object({ calendars: Type.Array(Rota) })),
      },
    },
    () => ({ calendars: onCall.list() }),
  );

  app.post(
    '/api/v1/on-call/:calendar',
    {
      config: { needs: 'operator' },
      bodyLimit: 4 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Imports an iCalendar file under this name, in the place of what was there',
        description: 'Its events are the duties, and their summaries say whose.',
        params: One,
        body: Type.Object(
          {
            calendar: Type.String({ minLength: 1, description: 'RFC 5545.' }),
            timeZone: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 64,
                description: 'IANA name, for times that name none: `Europe/Paris` when left out.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: answersNothing('Imported.'),
      },
    },
    async (request, reply) => {
      const { calendar, timeZone = 'Europe/Paris' } = request.body;
      try {
        await onCall.put(request.params.calendar, calendar, timeZone, request.by());
      } catch (error) {
        if (error instanceof RotaError) throw new ApiError('calendar-refused', { faults: error.faults });
        throw error;
      }
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/v1/on-call/:calendar',
    {
      config: { needs: 'operator' },
      schema: { tags, summary: 'Takes a calendar away', params: One, response: answersNothing('Taken away.') },
    },
    async (request, reply) => {
      if (!(await onCall.remove(request.params.calendar, request.by()))) throw new ApiError('no-such-calendar');
      return reply.code(204).send(null);
    },
  );
}
