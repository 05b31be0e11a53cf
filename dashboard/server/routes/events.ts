import { Type } from 'typebox';
import { EVENT_SEVERITIES } from '../../../protocol/events.ts';
import { deviceKey, Name } from '../../../protocol/names.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';
import { Instant } from '../view-schemas.ts';

const Event = Type.Object(
  {
    at: Instant,
    source: Type.Enum(['trap', 'inform'], { description: 'How it came.' }),
    code: Type.String({ description: 'What its maker calls it: the OID of a trap.' }),
    severity: Type.Enum([...EVENT_SEVERITIES]),
    key: Type.Optional(Type.String({ description: 'What tells two of one device apart, such as the interface.' })),
    text: Type.String({ description: 'One sentence for people, in the agent’s language.' }),
    values: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'What it said, by OID.' })),
    count: Type.Optional(Type.Integer({ description: 'So many of the same came since the one told before.' })),
  },
  { title: 'DeviceEvent' },
);

export function addEventRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/devices/:chain/:store/:device/events',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['devices'],
        summary: 'What one device told by itself, newest first: SNMP traps and informs',
        params: Type.Object({ chain: Name, store: Name, device: Name }),
        querystring: Type.Object({
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 when left out.' })),
          after: Type.Optional(
            Type.String({ pattern: '^\\d{1,16}-\\d{1,15}$', description: '`next` of the page before.' }),
          ),
        }),
        response: answers(
          Type.Object({
            events: Type.Array(Event),
            next: Type.Optional(Type.String({ description: 'Give it as `after` for the next page.' })),
          }),
        ),
      },
    },
    async (request) => {
      const { chain, store, device } = request.params;
      const { limit = 100, after } = request.query;
      const key = deviceKey(chain, store, device);
      const [at, id] = after?.split('-').map(Number) ?? [];
      const page = { limit: limit + 1, ...(at !== undefined && id !== undefined && { after: { at, id } }) };
      const found = await ports.events.list(key, page);
      // One that left the inventory is still looked up by what it told.
      if (found.length === 0 && (await ports.wall.device(key)) === undefined) throw new ApiError('no-such-device');
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return {
        events: shown.map(({ id: _, ...event }) => event),
        ...(last !== undefined && { next: `${last.at}-${last.id}` }),
      };
    },
  );
}
