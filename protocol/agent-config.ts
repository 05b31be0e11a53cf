import { type Static, Type } from 'typebox';

/** The body of a signed configuration: what the centre wants an agent to run. Retained on the agent's `config` topic. */
export const DesiredConfig = Type.Object(
  {
    v: Type.Literal(1),
    to: Type.String({ maxLength: 194, description: '`chain/store/device` of the agent.' }),
    version: Type.Integer({ minimum: 1, description: 'Grows with every change for this agent.' }),
    at: Type.Integer({ minimum: 0, description: 'When it was wanted, milliseconds since 1970.' }),
    settings: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), {
      description: 'Keys of the agent’s configuration that the centre may set; checked by the agent’s own schema.',
    }),
  },
  { additionalProperties: false, description: 'The configuration an agent is to run.' },
);
export type DesiredConfig = Static<typeof DesiredConfig>;

/** Why an agent does not run what it was sent. */
const CONFIG_REFUSALS = [
  'signature', // none, not the server's, or for another device
  'schema', // a key or a check it does not know, or that does not go with its own file
  'link', // under it no collector could be reached
  'check', // under it a check fell silent that gave an answer before
  'outdated', // older than one it had
] as const;
export type ConfigRefusal = (typeof CONFIG_REFUSALS)[number];

/** What an agent says in its birth of the configuration it was last sent. */
export const ConfigState = Type.Object(
  {
    applied: Type.Integer({ minimum: 0, description: 'Version in force; 0: the local file alone.' }),
    refused: Type.Optional(
      Type.Object(
        {
          version: Type.Optional(
            Type.Integer({ minimum: 1, description: 'Left out where what came could not be believed.' }),
          ),
          reason: Type.Enum(CONFIG_REFUSALS),
          text: Type.Optional(Type.String({ maxLength: 512 })),
        },
        { additionalProperties: false, description: 'A version that was not kept, and why.' },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ConfigState = Static<typeof ConfigState>;
