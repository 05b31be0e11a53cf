import { type Static, Type } from 'typebox';
import { DeviceKind } from './inventory.ts';
import { NAME_PATTERN } from './names.ts';

/** `maintenance`: nothing fires meanwhile. `change`: work that should disturb nothing, and is suspect if something breaks. */
export const WINDOW_KINDS = ['maintenance', 'change'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** Minutes after its end in which a window still is suspect, unless it says otherwise. */
export const SUSPECT_MINUTES = 30;

const name = NAME_PATTERN.slice(1, -1);
const strict = { additionalProperties: false };
const text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });

/** A wall clock's date and time. */
const LocalTime = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d$',
  description: 'Wall time, e.g. `2026-12-01T22:00`.',
});

/** Which devices a window is about. All parts given must fit; none given: every device there is. */
export const WindowScope = Type.Object(
  {
    places: Type.Optional(
      Type.Array(Type.String({ pattern: `^${name}(/${name}){0,2}$` }), {
        minItems: 1,
        maxItems: 1000,
        description: '`chain`, `chain/store` or `chain/store/device`; one of them must fit.',
      }),
    ),
    regions: Type.Optional(
      Type.Array(text(64, 'A region; `*` stands for any run of characters.'), { minItems: 1, maxItems: 100 }),
    ),
    kinds: Type.Optional(Type.Array(DeviceKind, { minItems: 1 })),
    attributes: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^(store|device|asset)\\.[A-Za-z][A-Za-z0-9_.-]{0,63}$' }),
        Type.Array(text(256, '`*` stands for any run of characters.'), { minItems: 1, maxItems: 100 }),
        {
          additionalProperties: false,
          maxProperties: 16,
          description: 'Attributes a device must have: `store.carrier`, `device.model`, `asset.contract`.',
        },
      ),
    ),
  },
  { ...strict, title: 'WindowScope' },
);
export type WindowScope = Static<typeof WindowScope>;

/** What a person announces of a window. */
export const WINDOW_FIELDS = {
  kind: Type.Enum(WINDOW_KINDS, {
    description: '`maintenance` keeps alerts from firing; `change` is only remembered as suspect.',
  }),
  title: text(200, 'What is done.'),
  who: text(128, 'Who does it.'),
  why: text(500, 'Why it is done.'),
  number: Type.Optional(text(64, 'Of the change, as the change calendar has it.')),
  scope: WindowScope,
  timeZone: Type.Optional(
    text(64, 'IANA name, e.g. `Europe/Paris`. Left out: each store’s own time, so that 22:00 is 22:00 everywhere.'),
  ),
  start: LocalTime,
  end: LocalTime,
  repeat: Type.Optional(
    text(
      200,
      'RFC 5545 rule, e.g. `FREQ=MONTHLY;BYDAY=2SU`: DAILY, WEEKLY or MONTHLY with INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS, COUNT, UNTIL, WKST.',
    ),
  ),
  except: Type.Optional(
    Type.Array(LocalTime, { maxItems: 500, description: 'Starts that are left out of the repetition.' }),
  ),
  suspectMinutes: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10_080,
      description: `So long after its end an outage still names it as suspect; ${SUSPECT_MINUTES} when left out.`,
    }),
  ),
};

export const WINDOW_ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_.@-]{0,127}$';

/** A maintenance window, which is also an entry of the change calendar. */
export const MaintenanceWindow = Type.Object(
  {
    id: Type.String({ pattern: WINDOW_ID_PATTERN }),
    ...WINDOW_FIELDS,
    endedAt: Type.Optional(
      Type.Number({ description: 'Ended early: what had begun by then ended then. Milliseconds since 1970.' }),
    ),
  },
  { ...strict, title: 'MaintenanceWindow' },
);
export type MaintenanceWindow = Static<typeof MaintenanceWindow>;
