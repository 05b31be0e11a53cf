import { type Static, Type } from 'typebox';
import { NAME_PATTERN, Name } from './names.ts';

/** What a device can be. A kind decides which default rules judge it and how the wall names it. */
export const DEVICE_KINDS = [
  'till',
  'self-checkout',
  'server',
  'gateway',
  'router',
  'firewall',
  'switch',
  'access-point',
  'printer',
  'ups',
  'pdu',
  'camera',
  'nas',
  'payment-terminal',
  'other',
] as const;
export const DeviceKind = Type.Enum(DEVICE_KINDS);
export type DeviceKind = (typeof DEVICE_KINDS)[number];

const Attributes = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$' }),
  Type.String({ maxLength: 256 }),
  {
    additionalProperties: false,
    maxProperties: 64,
  },
);

/** A day of the calendar; whether there is such a day is asked elsewhere. */
export const DATE_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const Span = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$',
  description: 'Local time, e.g. `08:30-20:00`; a span that ends before it starts runs past midnight.',
});
const Day = Type.Array(Span, { maxItems: 8 });

/** Days with hours of their own. */
export const HolidayDays = Type.Record(Type.String({ pattern: '^(\\d{4}-)?\\d{2}-\\d{2}$' }), Day, {
  additionalProperties: false,
  maxProperties: 400,
  description: 'By date, `2026-12-24`, or by day of every year, `12-24`; an empty list is closed all day.',
});

/** When a store sells, in its own time zone. A day left out is closed; without hours a store is always open. */
export const OpeningHours = Type.Object(
  {
    ...(Object.fromEntries(WEEKDAYS.map((day) => [day, Type.Optional(Day)])) as Record<
      (typeof WEEKDAYS)[number],
      ReturnType<typeof Type.Optional<typeof Day>>
    >),
    dates: Type.Optional(
      Type.Record(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Day, {
        additionalProperties: false,
        maxProperties: 400,
        description: 'Exceptions and holidays: an empty list is closed all day.',
      }),
    ),
    holidays: Type.Optional(
      Type.Array(Type.Union([Name, HolidayDays]), {
        maxItems: 16,
        description:
          'Holiday lists it keeps, instead of those its chain observes: `fr`, `fr-alsace-moselle`, or one of its chain. Of two that name a day, the first counts; `dates` go before both.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type OpeningHours = Static<typeof OpeningHours>;

const AssetText = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 128, description }));
const AssetDate = (description: string) =>
  Type.Optional(Type.String({ pattern: DATE_PATTERN, description: `${description}, e.g. \`2029-12-31\`.` }));

/** What the books say of a device: what no agent can see. */
export const Asset = Type.Object(
  {
    serial: AssetText('Serial number as it was bought.'),
    tag: AssetText('Asset number.'),
    warrantyUntil: AssetDate('Last day of the warranty'),
    contract: AssetText('Maintenance contract.'),
    supplier: AssetText('Who sold or maintains it.'),
    costCentre: AssetText('Cost centre.'),
    boughtOn: AssetDate('Day it was bought'),
  },
  { additionalProperties: false, description: 'What the books say of it: warranty, contract, numbers.' },
);
export type Asset = Static<typeof Asset>;

export const Device = Type.Object(
  {
    name: Name,
    title: Type.Optional(Type.String({ maxLength: 128 })),
    kind: DeviceKind,
    lane: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 999,
        description: 'The lane it sells on. A device with a lane is a pip on the wall.',
      }),
    ),
    gateway: Type.Optional(Name),
    attributes: Type.Optional(Attributes),
    asset: Type.Optional(Asset),
  },
  {
    additionalProperties: false,
    description:
      '`gateway` names the device of the same store whose agent watches this one, or carries what its own agent says; without it the device has its own agent, with a way out of its own.',
  },
);
export type Device = Static<typeof Device>;

export const Store = Type.Object(
  {
    name: Name,
    title: Type.String({ minLength: 1, maxLength: 128, description: 'The town, as the wall writes it.' }),
    region: Type.Optional(Type.String({ maxLength: 64 })),
    timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA name, e.g. `Europe/Paris`.' }),
    hours: Type.Optional(OpeningHours),
    attributes: Type.Optional(Attributes),
    devices: Type.Array(Device, { maxItems: 1000 }),
  },
  { additionalProperties: false },
);
export type Store = Static<typeof Store>;

export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const Chain = Type.Object(
  {
    name: Name,
    title: Type.String({ minLength: 1, maxLength: 128 }),
    locale: Type.Optional(Type.Enum(LOCALES, { description: 'The language of its tickets; French by default.' })),
    simulated: Type.Optional(Type.Boolean({ description: 'Made by the demo; marked as such wherever it shows.' })),
    holidays: Type.Optional(
      Type.Record(Type.String({ pattern: NAME_PATTERN }), HolidayDays, {
        additionalProperties: false,
        maxProperties: 200,
        description: 'Holiday lists its stores may keep, by name.',
      }),
    ),
    observes: Type.Optional(
      Type.Array(Name, {
        maxItems: 16,
        description: 'Holiday lists every store keeps that does not say otherwise in its `hours`.',
      }),
    ),
    stores: Type.Array(Store, { maxItems: 50_000 }),
  },
  { additionalProperties: false },
);
export type Chain = Static<typeof Chain>;

/** A whole inventory, as a file or the API carries it. */
export const Inventory = Type.Object({ chains: Type.Array(Chain, { maxItems: 100 }) }, { additionalProperties: false });
export type Inventory = Static<typeof Inventory>;
