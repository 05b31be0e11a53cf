import { type Static, Type } from 'typebox';

/** What a check says of the thing it measured. */
export const STATUSES = ['ok', 'warning', 'critical', 'unknown'] as const;

export const Status = Type.Enum(STATUSES);
export type Status = (typeof STATUSES)[number];

/** The verdict of one check on one device. */
export const CheckStatus = Type.Object(
  {
    check: Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'The check as configured, e.g. `net_response:pos:8443`.',
    }),
    status: Status,
    text: Type.Optional(
      Type.String({ maxLength: 512, description: 'One sentence for people: what was seen, never a secret.' }),
    ),
  },
  { additionalProperties: false },
);
export type CheckStatus = Static<typeof CheckStatus>;
