import { Type } from 'typebox';
import { Device, DeviceKind } from '../../../protocol/inventory.ts';
import { Name } from '../../../protocol/names.ts';
import { type AgentsPort, CERTIFICATE_STATES, TOKEN_STATES } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing, ErrorBody } from '../errors.ts';
import { DeviceKeySchema, Instant, Limit, StoreKeySchema } from '../view-schemas.ts';

const tags = ['agents'];
const strict = { additionalProperties: false };
const optional = Type.Optional;

const Agent = Type.Object({
  device: DeviceKeySchema,
  title: Type.String(),
  kind: optional(DeviceKind),
  state: optional(Type.String({ description: 'As the wall shows it.' })),
  lastReportAt: optional(Instant),
  agentVersion: optional(Type.String()),
  certificate: Type.Object({
    serial: Type.String(),
    state: Type.Enum([...CERTIFICATE_STATES]),
    issuedAt: Instant,
    validUntil: Instant,
    usedAt: optional(Instant),
    revoked: optional(Type.Object({ at: Instant, by: Type.String(), reason: Type.String() })),
  }),
});

const AgentQuery = Type.Object(
  {
    store: optional(StoreKeySchema),
    after: optional(DeviceKeySchema),
    limit: optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  strict,
);

const tokenFields = {
  chain: Name,
  store: Name,
  kind: DeviceKind,
  device: optional(Name),
};

const EnrolToken = Type.Object({
  ...tokenFields,
  id: Type.String(),
  state: Type.Enum([...TOKEN_STATES]),
  replaces: Type.Boolean(),
  uses: Type.Integer(),
  used: Type.Integer(),
  at: Instant,
  by: Type.String(),
  expiresAt: Instant,
  revoked: optional(Type.Object({ at: Instant, by: Type.String() })),
});

const EnrolTokenWish = Type.Object(
  {
    ...tokenFields,
    replaces: optional(
      Type.Boolean({ description: 'May take a name under which another machine lives; a token for one device may.' }),
    ),
    uses: optional(Type.Integer({ minimum: 1, maximum: 1000, description: '1 by default.' })),
    hours: optional(Type.Integer({ minimum: 1, maximum: 8760, description: 'How long it is good; 24 by default.' })),
  },
  strict,
);

const Waiting = Type.Object({
  id: Type.Integer(),
  device: DeviceKeySchema,
  kind: optional(DeviceKind),
  inInventory: Type.Boolean(),
  reason: Type.String(),
  words: Type.Object({ fr: Type.String(), en: Type.String() }),
  key: Type.String(),
  address: Type.String(),
  facts: Type.Record(Type.String(), Type.String()),
  firstAt: Instant,
  lastAt: Instant,
  times: Type.Integer(),
  decision: optional(Type.Object({ verdict: Type.Enum(['admitted', 'refused']), at: Instant, by: Type.String() })),
});

const { name: _name, ...added } = Device.properties;
const AdmitBody = Type.Object(
  { add: optional(Type.Object(added, { ...strict, description: 'Puts the device into the inventory first.' })) },
  strict,
);

const Serial = Type.Object({ serial: Type.String({ pattern: '^[0-9a-f]{1,40}$' }) });
const TokenId = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{1,32}$' }) });
const WaitingId = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

/** Reading and quarantine are an operator's; what gives or takes a right to report is an administrator's. */
export function addAgentRoutes(app: App, { ports }: RouteContext): void {
  const agents = (): AgentsPort => {
    if (!ports.agents) throw new ApiError('agents-off');
    return ports.agents;
  };

  app.get(
    '/api/v1/agents',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Enrolled agents in the order of their devices, 100 at a time',
        querystring: AgentQuery,
        response: answers(Type.Object({ agents: Type.Array(Agent) })),
      },
    },
    async (request) => ({ agents: await agents().list({ limit: 100, ...request.query }) }),
  );

  app.post(
    '/api/v1/agents/certificates/:serial/revoke',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Revokes a certificate; its agent is cut off at once',
        params: Serial,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 256 }) }, strict),
        response: answersNothing('Revoked.'),
      },
    },
    async (request, reply) => {
      const done = await agents().revoke(request.params.serial, request.body.reason, request.by());
      if (!done) throw new ApiError('no-such-certificate');
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/agents/tokens',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Enrolment tokens, newest first',
        querystring: Limit,
        response: answers(Type.Object({ tokens: Type.Array(EnrolToken) })),
      },
    },
    async (request) => ({ tokens: await agents().tokens(request.query.limit ?? 100) }),
  );

  app.post(
    '/api/v1/agents/tokens',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Makes an enrolment token',
        description: 'The token is told in this answer and never again.',
        body: EnrolTokenWish,
        response: {
          201: Type.Object({
            token: Type.String(),
            server: Type.String({ description: 'Where devices come with it: `https://vigie.example:8443`.' }),
            entry: EnrolToken,
          }),
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (request, reply) => {
      const { replaces = false, uses = 1, hours = 24, ...wish } = request.body;
      const made = await agents().createToken({ ...wish, replaces, uses, hours }, request.by());
      if (!made) throw new ApiError('no-such-store');
      return reply.code(201).send(made);
    },
  );

  app.post(
    '/api/v1/agents/tokens/:id/revoke',
    {
      config: { needs: 'admin' },
      schema: { tags, summary: 'Revokes an enrolment token', params: TokenId, response: answersNothing('Revoked.') },
    },
    async (request, reply) => {
      if (!(await agents().revokeToken(request.params.id, request.by()))) throw new ApiError('no-such-enrol-token');
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/agents/quarantine',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Machines that were seen and not admitted, newest first',
        querystring: Limit,
        response: answers(Type.Object({ quarantine: Type.Array(Waiting) })),
      },
    },
    async (request) => ({ quarantine: await agents().quarantine(request.query.limit ?? 100) }),
  );

  app.post(
    '/api/v1/agents/quarantine/:id/admit',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Admits a machine; it is let in when it asks again, within 24 h',
        params: WaitingId,
        body: AdmitBody,
        response: answersNothing('Admitted.'),
      },
    },
    async (request, reply) => {
      const outcome = await agents().admit(request.params.id, request.body.add, request.by());
      if (outcome === 'no-such') throw new ApiError('no-such-stranger');
      if (outcome === 'no-store') throw new ApiError('no-such-store');
      if (outcome === 'not-in-inventory') throw new ApiError('device-not-in-inventory');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/agents/quarantine/:id/refuse',
    {
      config: { needs: 'operator' },
      schema: { tags, summary: 'Refuses a machine', params: WaitingId, response: answersNothing('Refused.') },
    },
    async (request, reply) => {
      if (!(await agents().refuse(request.params.id, request.by()))) throw new ApiError('no-such-stranger');
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/agents/authority',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary:
          'The authority’s certificate and revocation list (PEM), for brokers that check certificates themselves',
        response: answers(
          Type.Object({ certificate: Type.String(), revocationList: Type.String(), fingerprint: Type.String() }),
        ),
      },
    },
    async () => agents().authority(),
  );

  app.post(
    '/api/v1/agents/authority/server-certificate',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Certifies the key of a server that agents come to, such as a broker',
        body: Type.Object(
          {
            publicKey: Type.String({ maxLength: 1024, description: 'P-256, PEM.' }),
            names: Type.Array(Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' }), { minItems: 1, maxItems: 20 }),
            days: optional(Type.Integer({ minimum: 1, maximum: 825, description: '365 by default.' })),
          },
          strict,
        ),
        response: {
          201: Type.Object({ certificate: Type.String({ description: 'PEM.' }) }),
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (request, reply) => {
      const { days = 365, ...wish } = request.body;
      const certificate = await agents().issueServer({ ...wish, days }, request.by());
      if (certificate === undefined) {
        const message = { en: 'is no P-256 public key in PEM', fr: 'n’est pas une clé publique P-256 en PEM' };
        throw new ApiError('invalid', { faults: [{ path: 'publicKey', message }] });
      }
      return reply.code(201).send({ certificate });
    },
  );
}
