import { Type } from 'typebox';
import { DeviceKind } from '../../../protocol/inventory.ts';
import { deviceKey, Name } from '../../../protocol/names.ts';
import { AgentConfigError, CONFIG_STANDINGS, type ConfigSaved } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { DeviceKeySchema, Instant, StoreKeySchema } from '../view-schemas.ts';

const url = '/api/v1/agent-configs';
const tags = ['agent configuration'];
const strict = { additionalProperties: false };

const Scope = Type.String({
  minLength: 1,
  maxLength: 220,
  description: '`chain`, `chain:kind`, `chain/store`, `chain/store:kind` or `chain/store/device`.',
});
const Settings = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), {
  description: 'Keys of the agent’s configuration that the centre may set.',
});
const Version = Type.Integer({ minimum: 0, description: 'Counts the changes of a scope; 0: there was none.' });
const Comment = Type.String({ maxLength: 500, description: 'Why, for those who read the history.' });

const ConfigVersion = Type.Object(
  { scope: Scope, version: Version, settings: Settings, at: Instant, by: Type.String(), comment: Comment },
  { title: 'ConfigVersion' },
);

const deviceConfig = {
  device: DeviceKeySchema,
  title: Type.String(),
  kind: DeviceKind,
  standing: Type.Enum([...CONFIG_STANDINGS], {
    description:
      'none: nothing is wanted. applied, behind, refused. deaf: it does not listen to the centre. unheard: it was never heard.',
  }),
  desired: Type.Optional(Type.Object({ version: Type.Integer(), at: Instant, publishedAt: Type.Optional(Instant) })),
  applied: Type.Optional(Type.Integer({ description: 'The version it runs; 0: its own file alone.' })),
  refused: Type.Optional(
    Type.Object({
      version: Type.Optional(Type.Integer()),
      reason: Type.String(),
      text: Type.Optional(Type.String()),
    }),
  ),
};
const DeviceConfig = Type.Object(
  {
    ...deviceConfig,
    state: Type.Optional(Type.String({ description: 'As the wall shows it.' })),
    lastReportAt: Type.Optional(Instant),
  },
  { title: 'DeviceConfig' },
);
const Saved = Type.Object({ saved: ConfigVersion, devices: Type.Integer({ description: 'Devices it changes.' }) });
const device = Type.Object({ chain: Name, store: Name, device: Name });

export function addAgentConfigRoutes(app: App, { ports }: RouteContext): void {
  const { agentConfigs } = ports;

  app.get(
    `${url}/devices`,
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Which configuration each device is to run, runs, or refused',
        querystring: Type.Object(
          {
            standing: Type.Optional(Type.Enum([...CONFIG_STANDINGS])),
            store: Type.Optional(StoreKeySchema),
            after: Type.Optional(DeviceKeySchema),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: '1,000 when left out.' })),
          },
          strict,
        ),
        response: answers(
          Type.Object({
            devices: Type.Array(DeviceConfig),
            counts: Type.Record(Type.String(), Type.Integer(), { description: 'Devices by their standing.' }),
          }),
        ),
      },
    },
    async (request) => {
      const { devices, counts } = await agentConfigs.devices({ limit: 1000, ...request.query });
      const { store } = request.query;
      const shown = new Map(ports.wall.devices(store === undefined ? {} : { store }).map((view) => [view.key, view]));
      return {
        counts,
        devices: devices.map((row) => {
          const { state, lastReportAt } = shown.get(row.device) ?? {};
          return { ...row, ...(state && { state }), ...(lastReportAt !== undefined && { lastReportAt }) };
        }),
      };
    },
  );

  app.get(
    `${url}/devices/:chain/:store/:device`,
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'What one device is to run, and where each value comes from',
        params: device,
        response: answers(
          Type.Object({
            ...deviceConfig,
            settings: Settings,
            from: Type.Record(Type.String(), Type.Object({ scope: Scope, version: Version }), {
              description: 'By key, `vars.name`, `checks.name` or `removeChecks.name`.',
            }),
          }),
        ),
      },
    },
    async (request) => {
      const { chain, store, device } = request.params;
      const found = await agentConfigs.device(deviceKey(chain, store, device));
      if (!found) throw new ApiError('no-such-device');
      return found;
    },
  );

  app.post(
    `${url}/devices/:chain/:store/:device/retry`,
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Sends a device its configuration anew, so that it tries again what it refused',
        params: device,
        response: answersNothing('It is on its way.'),
      },
    },
    async (request, reply) => {
      const { chain, store, device } = request.params;
      const isSent = await agentConfigs.retry(deviceKey(chain, store, device), request.by());
      if (!isSent) throw new ApiError('no-such-device');
      return reply.code(204).send(null);
    },
  );

  app.get(
    `${url}/scopes`,
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'What is wanted for each scope',
        response: answers(Type.Object({ scopes: Type.Array(ConfigVersion) })),
      },
    },
    async () => ({ scopes: await agentConfigs.scopes() }),
  );

  app.get(
    `${url}/history`,
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'What was wanted for one scope, newest first',
        querystring: Type.Object(
          { scope: Scope, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) },
          strict,
        ),
        response: answers(Type.Object({ versions: Type.Array(ConfigVersion) })),
      },
    },
    async (request) => ({ versions: await agentConfigs.history(request.query.scope, request.query.limit ?? 100) }),
  );

  app.post(
    `${url}/preview`,
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Checks settings and counts the devices they would change',
        body: Type.Object({ scope: Scope, settings: Settings }, strict),
        response: answers(Type.Object({ devices: Type.Integer() })),
      },
    },
    async (request) => ({ devices: await orFaults(agentConfigs.weigh(request.body)) }),
  );

  app.post(
    `${url}/scope`,
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Sets what is wanted for a scope',
        description: 'Empty settings take away what was wanted. Devices are told within seconds, signed.',
        body: Type.Object({ scope: Scope, settings: Settings, basedOn: Version, comment: Comment }, strict),
        response: answers(Saved),
      },
    },
    async (request) => answerOf(await orFaults(agentConfigs.save(request.body, request.by()))),
  );

  app.post(
    `${url}/revert`,
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Makes an earlier version of a scope the newest again',
        body: Type.Object(
          { scope: Scope, to: Type.Integer({ minimum: 1 }), basedOn: Version, comment: Comment },
          strict,
        ),
        response: answers(Saved),
      },
    },
    async (request) => answerOf(await orFaults(agentConfigs.revert(request.body, request.by()))),
  );
}

function answerOf(outcome: ConfigSaved) {
  if ('saved' in outcome) return outcome;
  if ('missing' in outcome) throw new ApiError('no-such-config-version');
  const message = {
    en: `version ${outcome.taken} is the newest`,
    fr: `la version ${outcome.taken} est la dernière`,
  };
  throw new ApiError('config-changed', { faults: [{ path: 'body.basedOn', message }] });
}

async function orFaults<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AgentConfigError) throw new ApiError('config-refused', { faults: error.faults });
    throw error;
  }
}
