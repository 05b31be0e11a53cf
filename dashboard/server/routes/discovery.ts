import { Type } from 'typebox';
import { Device, DeviceKind } from '../../../protocol/inventory.ts';
import { Name, storeKey } from '../../../protocol/names.ts';
import { DEVICE_STATES } from '../../../protocol/views.ts';
import { AgentConfigError } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing, type ErrorCode } from '../errors.ts';
import { DeviceKeySchema, Instant, StoreKeySchema } from '../view-schemas.ts';

const tags = ['discovery'];
const strict = { additionalProperties: false };
const optional = Type.Optional;

const Found = Type.Object(
  {
    store: StoreKeySchema,
    storeTitle: Type.String(),
    agent: DeviceKeySchema,
    address: Type.String(),
    at: Instant,
    kind: DeviceKind,
    vendor: optional(Type.String()),
    model: optional(Type.String()),
    serial: optional(Type.String()),
    name: optional(Type.String({ description: 'What it calls itself.' })),
    mac: optional(Type.String()),
    isAcceptable: Type.Boolean({ description: 'Whether the agent tells how to ask it.' }),
    proposed: Type.String({ description: 'A name its store does not have yet.' }),
    dismissed: optional(Type.Object({ who: Type.String(), why: Type.String(), at: Instant })),
  },
  { title: 'Found' },
);

const Gone = Type.Object(
  {
    store: StoreKeySchema,
    storeTitle: Type.String(),
    agent: DeviceKeySchema,
    device: DeviceKeySchema,
    title: Type.String(),
    kind: DeviceKind,
    state: Type.Enum([...DEVICE_STATES]),
    since: Instant,
  },
  { title: 'Gone' },
);

const Place = Type.Object({
  chain: Name,
  store: Name,
  address: Type.String({ minLength: 1, maxLength: 96, description: 'Where it was found.' }),
});
const one = '/api/v1/discovery/:chain/:store/:address';

const REFUSALS: Record<string, ErrorCode> = {
  'no-such': 'no-such-find',
  'name-taken': 'name-taken',
  'no-credential': 'no-credential',
  untold: 'agent-untold',
  'own-file': 'agent-own-file',
};

/** Reading is anybody's; what becomes of a proposal is an operator's, and the inventory an administrator's. */
export function addDiscoveryRoutes(app: App, { ports }: RouteContext): void {
  const { discovery } = ports;

  app.get(
    '/api/v1/discovery',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'What agents found on the networks of their stores, and what they find no more',
        querystring: Type.Object({ store: optional(StoreKeySchema) }),
        response: answers(Type.Object({ found: Type.Array(Found), gone: Type.Array(Gone) })),
      },
    },
    (request) => discovery.list(request.query.store),
  );

  app.post(
    `${one}/accept`,
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Puts a machine into the inventory; the agent that found it is told to ask it',
        params: Place,
        body: Type.Object({ name: Name, kind: DeviceKind, title: Device.properties.title }, strict),
        response: answers(Type.Object({ device: DeviceKeySchema })),
      },
    },
    async (request) => {
      const { chain, store, address } = request.params;
      const outcome = await discovery
        .accept({ store: storeKey(chain, store), address }, request.body, request.by())
        .catch((error: unknown) => {
          if (error instanceof AgentConfigError) throw new ApiError('config-refused', { faults: error.faults });
          throw error;
        });
      if ('device' in outcome) return outcome;
      const faults = 'line' in outcome ? [{ path: 'snmpDevices', message: outcome.line }] : [];
      throw new ApiError(REFUSALS[outcome.refused] ?? 'internal', { faults });
    },
  );

  app.post(
    `${one}/dismiss`,
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Proposes a machine no more, until something else is at its address',
        params: Place,
        body: Type.Object({ why: Type.String({ minLength: 1, maxLength: 256 }) }, strict),
        response: answersNothing('Dismissed.'),
      },
    },
    async (request, reply) => {
      const { chain, store, address } = request.params;
      const done = await discovery.dismiss({ store: storeKey(chain, store), address }, request.body.why, request.by());
      if (!done) throw new ApiError('no-such-find');
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${one}/recall`,
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Proposes a dismissed machine again',
        params: Place,
        response: answersNothing('Recalled.'),
      },
    },
    async (request, reply) => {
      const { chain, store, address } = request.params;
      if (!(await discovery.recall({ store: storeKey(chain, store), address }, request.by()))) {
        throw new ApiError('no-such-find');
      }
      return reply.code(204).send(null);
    },
  );
}
