import { type Static, Type } from 'typebox';

/** What an event says of its device; `clears` takes back what the one of the same `key` said. */
export const EVENT_SEVERITIES = ['info', 'warning', 'critical', 'clears'] as const;

/** Events one report may carry. */
export const EVENTS_MAX = 100;

const Text = Type.String({ maxLength: 512 });

/** Something a device told by itself, at one instant: an SNMP trap, as a rule. */
export const DeviceEvent = Type.Object(
  {
    at: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000, description: 'Milliseconds since 1970, UTC.' }),
    source: Type.Enum(['trap', 'inform'], { description: 'How it came.' }),
    code: Type.String({ minLength: 1, maxLength: 256, description: 'What its maker calls it: the OID of a trap.' }),
    severity: Type.Enum(EVENT_SEVERITIES),
    key: Type.Optional(
      Type.String({ maxLength: 256, description: 'What tells two of one device apart, such as the interface.' }),
    ),
    text: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'One sentence for people, in the agent’s language; of an unknown one, its name and values.',
    }),
    values: Type.Optional(
      Type.Record(Type.String({ minLength: 1, maxLength: 256 }), Text, {
        maxProperties: 32,
        description: 'What it said, by OID, as text.',
      }),
    ),
    count: Type.Optional(
      Type.Integer({ minimum: 2, description: 'So many of the same came since the one told before.' }),
    ),
  },
  { additionalProperties: false, description: 'An SNMP trap or inform, and what it means.' },
);
export type DeviceEvent = Static<typeof DeviceEvent>;
