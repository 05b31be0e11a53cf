import { type Static, Type } from 'typebox';
import { Name } from './names.ts';

const Time = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000, description: 'Milliseconds since 1970, UTC.' });
const Id = Type.String({ pattern: '^[a-z0-9-]{8,64}$', description: 'Names the command; never comes twice.' });
const Text = (maxLength: number, description: string) => Type.Optional(Type.String({ maxLength, description }));

/** The body of a signed command: one action, for one agent, good until it expires. */
export const Command = Type.Object(
  {
    v: Type.Literal(1),
    id: Id,
    to: Type.String({ maxLength: 194, description: '`chain/store/device` of the agent that is to act.' }),
    action: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$', description: 'An action by its name.' }),
    args: Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 256 }), {
      additionalProperties: false,
      maxProperties: 16,
    }),
    at: Time,
    expiresAt: Time,
    by: Type.String({ maxLength: 128, description: 'Who asked for it.' }),
    incident: Type.Optional(Type.Integer({ minimum: 1, description: 'Number of the incident it is to mend.' })),
  },
  { additionalProperties: false, description: 'What an agent is told to do.' },
);
export type Command = Static<typeof Command>;

const REPLY_STATES = ['done', 'failed', 'refused'] as const;

/** Where a command stands for whoever asked. `unanswered`: it was sent and its time is over. */
export const COMMAND_STATES = ['sent', ...REPLY_STATES, 'unanswered'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

/** Why an agent does not do what it is told. */
export const REFUSALS = [
  'unsigned', // no signature, or not the server's
  'not-for-me',
  'expired',
  'repeated', // it was seen before
  'unknown-action',
  'not-allowed', // not in the agent's own list, or with other arguments
  'budget-spent',
  'selling', // a sale is open
  'busy', // another action runs
] as const;
export type CommandRefusal = (typeof REFUSALS)[number];

/** What became of a command. Sent until the collector has it. */
export const Reply = Type.Object(
  {
    v: Type.Literal(1),
    id: Id,
    by: Type.Optional(Name),
    at: Time,
    state: Type.Enum(REPLY_STATES),
    refusal: Type.Optional(Type.Enum(REFUSALS)),
    action: Text(64, 'The action, where the command could be read.'),
    durationMs: Type.Optional(Type.Integer({ minimum: 0 })),
    before: Text(512, 'How things stood before.'),
    after: Text(512, 'How they stand now.'),
    output: Text(4096, 'What it printed, bounded, with secrets masked.'),
    error: Text(512, 'Why it failed.'),
  },
  { additionalProperties: false, description: 'What became of a command.' },
);
export type Reply = Static<typeof Reply>;
