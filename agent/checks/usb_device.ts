import { type Static, Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { listUsbDevices, type UsbDevice } from '../platform/usb-devices.ts';

const Wanted = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'What people call it, e.g. `scanner`.',
      fr: 'Nom d’usage, par exemple `douchette`.',
    }),
    id: Type.String({
      pattern: '^[0-9A-Fa-f]{4}:([0-9A-Fa-f]{4}|\\*)$',
      description: 'Its vendor and product, as `lsusb` shows them, e.g. `05f9:2206`; `05f9:*` is any of the vendor.',
      fr: 'Ses codes fabricant et produit, comme les montre `lsusb`, par exemple `05f9:2206`\u202f; `05f9:*` vaut pour tout le fabricant.',
    }),
    serial: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'Its serial number, where it must be that very one.',
        fr: 'Son numéro de série, si ce doit être celui-là.',
      }),
    ),
    count: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 64,
        default: 1,
        description: 'How many must be plugged in.',
        fr: 'Nombre qui doit être branché.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A device that must be there.', fr: 'Un périphérique attendu.' },
);
type Wanted = Static<typeof Wanted>;

/** Whether a till's scanner, scale, drawer, display or other devices are plugged in, by their USB identity. */
export const plugin = definePlugin({
  type: 'usb_device',
  title: { fr: 'Périphériques USB', en: 'USB devices' },
  options: Type.Object(
    {
      devices: Type.Array(Wanted, {
        minItems: 1,
        maxItems: 32,
        description: 'Devices that must be plugged in.',
        fr: 'Périphériques qui doivent être branchés.',
      }),
    },
    { additionalProperties: false },
  ),
  example: { devices: [{ name: 'scanner', id: '05f9:2206' }] },
  distinguish: ({ devices }) =>
    devices
      .map(({ name }) => name)
      .join(',')
      .slice(0, 100),
  create:
    ({ devices }) =>
    async (ctx) => {
      const plugged = await listUsbDevices(ctx);
      const seen = devices.map((wanted) => ({ wanted, present: plugged.filter(fits(wanted)).length }));
      const missing = seen.filter(({ wanted: { count = 1 }, present }) => present < count);
      return {
        points: seen.map(({ wanted: { name, id, count = 1 }, present }) => ({
          m: 'usb_device',
          t: { device: name, id: id.toLowerCase() },
          f: { present, expected: count },
        })),
        statuses: [
          missing.length === 0
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: tell(ctx, missing).slice(0, 512) },
        ],
      };
    },
});

const fits =
  ({ id, serial }: Wanted) =>
  (device: UsbDevice): boolean => {
    const [vendor, product] = id.toLowerCase().split(':');
    const isKind = product === '*' ? device.id.startsWith(`${vendor}:`) : device.id === id.toLowerCase();
    return isKind && (serial === undefined || device.serial === serial);
  };

function tell(ctx: CheckContext, missing: readonly { wanted: Wanted; present: number }[]): string {
  const names = missing
    .map(({ wanted: { name, count = 1 }, present }) => (count === 1 ? name : `${name} (${present}/${count})`))
    .join(', ');
  return ctx.say({ fr: `Non branché\u202f: ${names}.`, en: `Not plugged in: ${names}.` });
}
