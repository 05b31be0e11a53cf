import { type Static, Type } from 'typebox';

/** What every check takes, whatever its type; the rest are the type's own options. */
export const CheckEntry = Type.Object(
  {
    type: Type.String({
      minLength: 1,
      description: 'What is measured: the name of a check.',
      fr: 'Ce qui est mesuré\u202f: le nom d’une mesure.',
    }),
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'What rules and people call it; by default its type, with what tells it apart.',
        fr: 'Son nom pour les règles et pour les gens\u202f; par défaut son type, avec ce qui la distingue.',
      }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 60_000,
        default: 5000,
        description: 'Milliseconds it may take; then it counts as unknown.',
        fr: 'Millisecondes qu’elle peut prendre\u202f; ensuite elle compte comme inconnue.',
      }),
    ),
    everyS: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        description: 'Seconds between two runs, for a slower check; by default it runs for every report.',
        fr: 'Secondes entre deux passages, pour une mesure plus lente\u202f; par défaut, elle passe à chaque rapport.',
      }),
    ),
  },
  { description: 'A check and its options.' },
);
export type CheckEntry = Static<typeof CheckEntry> & Record<string, unknown>;
