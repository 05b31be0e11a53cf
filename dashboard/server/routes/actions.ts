import { Type } from 'typebox';
import { ACTION_NAME_PATTERN } from '../../../protocol/actions.ts';
import { COMMAND_STATES, REFUSALS } from '../../../protocol/commands.ts';
import { deviceKey, Name } from '../../../protocol/names.ts';
import { ActionError, ChoiceError } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, ErrorBody } from '../errors.ts';
import { DeviceKeySchema, Instant, Limit } from '../view-schemas.ts';

const tags = ['actions'];
const ByDevice = { chain: Name, store: Name, device: Name };
const Words = Type.Object({ fr: Type.String(), en: Type.String() });

const AllowedAction = Type.Object(
  {
    name: Type.String(),
    type: Type.String(),
    title: Words,
    timeoutS: Type.Number({ description: 'Seconds it may take.' }),
    args: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'What must be chosen: by argument, the values there are.',
    }),
  },
  { title: 'AllowedAction', description: 'What the device’s own configuration allows.' },
);

const CommandView = Type.Object(
  {
    id: Type.String(),
    device: DeviceKeySchema,
    state: Type.Enum([...COMMAND_STATES]),
    at: Instant,
    asked: Type.Boolean({ description: 'False: the device answered something that this server never sent it.' }),
    action: Type.Optional(Type.String()),
    args: Type.Optional(Type.Record(Type.String(), Type.String())),
    by: Type.Optional(Type.String()),
    why: Type.Optional(Type.String()),
    incident: Type.Optional(Type.Integer()),
    expiresAt: Type.Optional(Instant),
    fault: Type.Optional(Type.String({ description: 'Why it could not be sent.' })),
    repliedAt: Type.Optional(Instant),
    refusedAgainAt: Type.Optional(
      Type.Number({ description: 'When a message with the same id was refused besides, such as a copy sent again.' }),
    ),
    reply: Type.Optional(
      Type.Object({
        at: Instant,
        refusal: Type.Optional(Type.Enum([...REFUSALS])),
        action: Type.Optional(Type.String()),
        durationMs: Type.Optional(Type.Integer()),
        before: Type.Optional(Type.String({ description: 'How things stood before.' })),
        after: Type.Optional(Type.String({ description: 'How they stand now.' })),
        output: Type.Optional(Type.String({ description: 'What it printed, bounded, with secrets masked.' })),
        error: Type.Optional(Type.String()),
      }),
    ),
  },
  { title: 'CommandView', description: 'A command and what became of it.' },
);

const Request = Type.Object(
  {
    action: Type.String({ pattern: ACTION_NAME_PATTERN, description: 'One of the device’s own actions.' }),
    args: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 256 }), {
        maxProperties: 16,
        description: 'What is chosen, by argument; one with a single value need not be given.',
      }),
    ),
    why: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        pattern: '\\S',
        description: 'Stands in the audit and the timeline.',
      }),
    ),
    incident: Type.Optional(Type.Integer({ minimum: 1, description: 'The open incident it is to mend.' })),
  },
  { additionalProperties: false },
);

export function addActionRoutes(app: App, { ports }: RouteContext): void {
  const { actions } = ports;

  app.get(
    '/api/v1/devices/:chain/:store/:device/actions',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'What a device may be told to do, and what it was told, newest first',
        params: Type.Object(ByDevice),
        querystring: Limit,
        response: answers(
          Type.Object({
            online: Type.Boolean({ description: 'Whether it would hear a command now.' }),
            allowed: Type.Array(AllowedAction),
            commands: Type.Array(CommandView),
          }),
        ),
      },
    },
    async (request) => {
      const { chain, store, device: name } = request.params;
      const device = deviceKey(chain, store, name);
      const found = await actions.allowed(device);
      if (found === undefined) throw new ApiError('no-such-device');
      const commands = await actions.list({ device, limit: request.query.limit ?? 100 });
      return { online: found.online, allowed: found.actions, commands };
    },
  );

  app.post(
    '/api/v1/devices/:chain/:store/:device/actions',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Tells a device to act',
        description:
          'Sent at once to a device that is there; one that is not is never told later. What became of it stands at the command’s own address.',
        params: Type.Object(ByDevice),
        body: Request,
        response: { 202: Type.Object({ command: CommandView }), '4xx': ErrorBody, '5xx': ErrorBody },
      },
    },
    async (request, reply) => {
      const { chain, store, device: name } = request.params;
      const { args = {}, ...asked } = request.body;
      try {
        const command = await actions.ask({ ...asked, args, device: deviceKey(chain, store, name), by: request.by() });
        return reply.code(202).send({ command });
      } catch (error) {
        if (error instanceof ActionError) throw new ApiError(error.code);
        if (!(error instanceof ChoiceError)) throw error;
        const known = error.choices.join(', ');
        const message =
          known === ''
            ? { en: 'is not for choosing', fr: 'ne se choisit pas' }
            : { en: `must be one of ${known}`, fr: `doit être l’un de ${known}` };
        throw new ApiError('invalid', { faults: [{ path: `body.args.${error.argument}`, message }] });
      }
    },
  );

  app.get(
    '/api/v1/devices/:chain/:store/:device/actions/:id',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'One command and what became of it',
        params: Type.Object({ ...ByDevice, id: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }) }),
        response: answers(Type.Object({ command: CommandView })),
      },
    },
    async (request) => {
      const { chain, store, device, id } = request.params;
      const command = await actions.get(deviceKey(chain, store, device), id);
      if (command === undefined) throw new ApiError('no-such-command');
      return { command };
    },
  );

  app.get(
    '/api/v1/commands',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'What all devices were told, newest first, and what they refused unasked',
        querystring: Limit,
        response: answers(Type.Object({ commands: Type.Array(CommandView) })),
      },
    },
    async (request) => ({ commands: await actions.list({ limit: request.query.limit ?? 100 }) }),
  );

  app.get(
    '/api/v1/commands/key',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'The public key that proves this server’s commands',
        description: 'For `actions.publicKeyFile` of an agent that was not enrolled; an enrolled one has it.',
        response: answers(Type.Object({ publicKey: Type.String({ description: 'Ed25519, PEM.' }) })),
      },
    },
    async () => ({ publicKey: actions.publicKey }),
  );
}
