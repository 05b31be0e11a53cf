import { Type } from 'typebox';
import { DeviceKind } from '../../protocol/inventory.ts';
import { NAME_PATTERN } from '../../protocol/names.ts';

const name = NAME_PATTERN.slice(1, -1);
const Text = Type.String({ minLength: 1, maxLength: 128 });
const Glob = Type.String({ minLength: 1, maxLength: 256 });
const Globs = (description: string) => Type.Optional(Type.Array(Glob, { minItems: 1, maxItems: 64, description }));

const StoreRef = Type.String({ pattern: `^${name}/${name}$`, description: '`chain/store`.' });
const GROUP_PATTERN = '^[a-z][a-z0-9-]{0,63}$';
const RuleRef = Type.String({
  pattern: '^[a-z*][a-z0-9*-]{0,63}$',
  description: 'Name of a rule, `*` standing for any run of characters.',
});
const Kinds = Type.Array(DeviceKind, { minItems: 1, uniqueItems: true });

const Group = Type.Object(
  {
    title: Type.Optional(Type.Object({ fr: Text, en: Text }, { additionalProperties: false })),
    chains: Globs('Names of chains, `*` standing for any run of characters.'),
    attributes: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^store\\.[A-Za-z][A-Za-z0-9_.-]{0,80}$' }),
        Type.Union([Glob, Type.Array(Glob, { minItems: 1, maxItems: 64 })]),
        {
          additionalProperties: false,
          minProperties: 1,
          maxProperties: 16,
          description: 'Of the store, as in a rule.',
        },
      ),
    ),
    regions: Globs('Regions, `*` standing for any run of characters, in any case.'),
    stores: Type.Optional(
      Type.Array(StoreRef, { minItems: 1, maxItems: 20_000, uniqueItems: true, description: 'Stores beside those.' }),
    ),
  },
  { additionalProperties: false },
);

/** Groups of stores, as a pack's file names them. */
export const Groups = Type.Record(Type.String({ pattern: GROUP_PATTERN }), Group, {
  additionalProperties: false,
  maxProperties: 500,
});

const Place = Type.Object(
  {
    chain: Type.Optional(Type.String({ pattern: NAME_PATTERN, description: 'Name of a chain.' })),
    group: Type.Optional(Type.String({ pattern: GROUP_PATTERN, description: 'One of `groups`.' })),
    store: Type.Optional(StoreRef),
    kind: Type.Optional(
      Type.Union([DeviceKind, Kinds], {
        description: 'Kinds of device, one or a list; everywhere, or in the chain, group or store beside it.',
      }),
    ),
    device: Type.Optional(Type.String({ pattern: `^${name}/${name}/${name}$`, description: '`chain/store/device`.' })),
  },
  { additionalProperties: false, minProperties: 1, description: 'Where it holds.' },
);

/** Other values for some rules in one place, as a pack's file writes them. */
export const Overrides = Type.Array(
  Type.Object(
    {
      at: Place,
      rule: Type.Union([RuleRef, Type.Array(RuleRef, { minItems: 1, maxItems: 500 })], {
        description: 'Names of the rules, one or a list; `*` stands for any run of characters.',
      }),
      set: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), {
          minProperties: 1,
          description: 'Settings of these rules with their values there, written as in a rule.',
        }),
      ),
      enabled: Type.Optional(Type.Boolean({ description: 'Whether they judge there at all.' })),
      why: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'For whoever asks later.' })),
    },
    { additionalProperties: false },
  ),
  { maxItems: 20_000 },
);
