import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { PLATFORMS, VERSION_PATTERN } from '../../../protocol/releases.ts';
import { Signed } from '../../../protocol/signed.ts';
import { ROLLOUT_STATES, UPDATE_STANDINGS, WAVES } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing } from '../errors.ts';
import { DeviceKeySchema, Instant, StoreKeySchema } from '../view-schemas.ts';

const tags = ['agent releases'];
const UPLOAD_TIMEOUT_MS = 600_000;
const Version = Type.String({ pattern: VERSION_PATTERN });
const Percent = (standard: number, description: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 100, default: standard, description }));
const Minutes = (standard: number, description: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 20_160, default: standard, description }));

const Entry = Type.Object(
  {
    version: Version,
    at: Instant,
    by: Type.String(),
    downgrade: Type.Boolean(),
    files: Type.Array(
      Type.Object({
        platform: Type.Enum([...PLATFORMS]),
        size: Type.Integer(),
        packed: Type.Integer(),
        isHere: Type.Boolean({ description: 'The executable was uploaded.' }),
      }),
    ),
  },
  { title: 'AgentRelease' },
);

const Rollout = Type.Object(
  {
    version: Version,
    attempt: Type.Integer(),
    state: Type.Enum([...ROLLOUT_STATES]),
    wave: Type.Enum([...WAVES]),
    startedAt: Instant,
    waveAt: Instant,
    by: Type.String(),
    canary: Type.Array(StoreKeySchema),
    sharePercent: Type.Number(),
    whileOpen: Type.Boolean(),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'Devices by how far they are.' }),
    attention: Type.Array(Type.Object({ device: DeviceKeySchema, standing: Type.Enum([...UPDATE_STANDINGS]) })),
  },
  { title: 'Rollout' },
);

export function addReleaseRoutes(app: App, { ports }: RouteContext): void {
  const { releases } = ports;

  app.get(
    '/api/v1/releases',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Versions of the agent, and how far one has been rolled out',
        response: answers(Type.Object({ releases: Type.Array(Entry), rollout: Type.Optional(Rollout) })),
      },
    },
    async () => {
      const { releases: entries, rollout } = await releases.list();
      return { releases: entries, ...(rollout && { rollout }) };
    },
  );

  app.post(
    '/api/v1/releases',
    {
      config: { needs: 'admin' },
      schema: { tags, summary: 'Adds a signed release', body: Signed, response: answersNothing('Added.') },
    },
    async (request, reply) => {
      const added = await releases.add(request.body, request.by());
      if (added !== 'done') throw new ApiError(added === 'exists' ? 'release-exists' : 'release-malformed');
      return reply.code(204).send(null);
    },
  );

  app.register((upload, _options, laid) => {
    // As it comes: it is larger than anything that is held in memory here.
    upload.addContentTypeParser('application/zstd', (_request, payload, done) => done(null, payload));
    upload.put(
      '/api/v1/releases/:version/:platform',
      {
        config: { needs: 'admin' },
        bodyLimit: 300_000_000,
        handlerTimeout: UPLOAD_TIMEOUT_MS,
        schema: {
          tags,
          summary: 'Uploads an executable of a release, packed (application/zstd)',
          params: Type.Object({ version: Version, platform: Type.Enum([...PLATFORMS]) }),
          response: answersNothing('Kept: it is the one that was signed.'),
        },
      },
      async (request, reply) => {
        const { version, platform } = request.params as { version: string; platform: (typeof PLATFORMS)[number] };
        const kept = await releases.upload(version, platform, request.body as Readable);
        if (kept !== 'done') throw new ApiError(kept === 'wrong' ? 'release-file-wrong' : 'no-such-release');
        return reply.code(204).send(null);
      },
    );
    laid();
  });

  app.post(
    '/api/v1/rollout',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Starts rolling a version out: canary stores, a share of all devices, all',
        body: Type.Object(
          {
            version: Version,
            canary: Type.Array(StoreKeySchema, {
              minItems: 1,
              maxItems: 100,
              description: 'Stores of the first wave.',
            }),
            sharePercent: Percent(5, 'Devices of the second wave.'),
            soakMinutes: Minutes(720, 'How long a wave is watched before the next.'),
            returnMinutes: Minutes(30, 'Silence after which a device did not come back.'),
            mayFailPercent: Percent(5, 'Devices that may fail; beyond, the rollout stops.'),
            spreadMinutes: Minutes(10, 'Devices told together spread their downloads over it.'),
            kbPerSecond: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 1_000_000, default: 256, description: 'Of a device’s download.' }),
            ),
            whileOpen: Type.Optional(Type.Boolean({ default: false, description: 'Also while a store is open.' })),
          },
          { additionalProperties: false },
        ),
        response: answersNothing('Started.'),
      },
    },
    async (request, reply) => {
      const wish = { ...STANDARD, ...request.body };
      const started = await releases.start(wish, request.by());
      if (started !== 'done') throw new ApiError(REFUSALS[started]);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/rollout/state',
    {
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Pauses, resumes or aborts the rollout',
        body: Type.Object({ state: Type.Enum(['running', 'paused', 'aborted']) }, { additionalProperties: false }),
        response: answersNothing('Changed.'),
      },
    },
    async (request, reply) => {
      if (!(await releases.change(request.body.state, request.by()))) throw new ApiError('no-such-rollout');
      return reply.code(204).send(null);
    },
  );
}

const STANDARD = {
  sharePercent: 5,
  soakMinutes: 720,
  returnMinutes: 30,
  mayFailPercent: 5,
  spreadMinutes: 10,
  kbPerSecond: 256,
  whileOpen: false,
};

const REFUSALS = {
  'no-such': 'no-such-release',
  'no-file': 'release-file-missing',
  'no-store': 'no-such-store',
  running: 'rollout-running',
} as const;
