import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { readLinuxSensors, type Sensor } from '../platform/linux-sensors.ts';
import { askPowerShell } from '../platform/powershell.ts';

const KELVIN = 273.15;
/** A broken sensor says more or less than any machine stands. */
const COLDEST = -60;
const HOTTEST = 200;

/** Temperature of each sensor, against the limit its own hardware gives it. */
export const plugin = definePlugin({
  type: 'temperature',
  title: { fr: 'Température', en: 'Temperature' },
  options: Type.Object(
    {
      sensors: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
          minItems: 1,
          maxItems: 64,
          description: 'Sensors to report, as the measurement names them; without it all of them.',
          fr: 'Capteurs à relever, sous le nom que leur donne la mesure\u202f; sans cela, tous.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { sensors: ['coretemp_package_id_0'] },
  create: ({ sensors: wanted }) => {
    let hasSeen = wanted !== undefined;
    return async (ctx) => {
      const found = (await readSensors(ctx)).filter(({ celsius }) => celsius > COLDEST && celsius < HOTTEST);
      const sensors = wanted ? found.filter(({ name }) => wanted.includes(name)) : found;
      if (sensors.length === 0) {
        const text = ctx.say({
          fr: 'Aucun capteur de température ne répond sur cette machine.',
          en: 'No temperature sensor answers on this machine.',
        });
        // A machine that never had any misses none.
        return { points: [], statuses: [{ check: ctx.name, status: hasSeen ? 'unknown' : 'ok', text }] };
      }
      hasSeen = true;
      const tooHot = sensors.filter(({ celsius, limit }) => limit !== undefined && celsius >= limit);
      return {
        points: sensors.map(toPoint),
        statuses: [
          tooHot.length === 0
            ? { check: ctx.name, status: 'ok' }
            : { check: ctx.name, status: 'critical', text: tell(ctx, tooHot).slice(0, 512) },
        ],
      };
    };
  },
});

const toPoint = ({ name, celsius, limit }: Sensor): Point => ({
  m: 'temp',
  t: { sensor: name },
  f: { temp: celsius, ...(limit !== undefined && { limit }) },
});

function tell(ctx: CheckContext, sensors: Sensor[]): string {
  const list = sensors.map(({ name, celsius, limit }) => `${name} ${Math.round(celsius)}/${limit} °C`).join(', ');
  return ctx.say({
    fr: `Le matériel atteint sa propre limite de température\u202f: ${list}.`,
    en: `The hardware has reached its own temperature limit: ${list}.`,
  });
}

async function readSensors(ctx: CheckContext): Promise<Sensor[]> {
  if (ctx.platform === 'linux') return readLinuxSensors(ctx);
  if (ctx.platform === 'win32') return readWindows(ctx);
  throw new Error(`temperatures cannot be read on ${ctx.platform}`);
}

/** Tenths of kelvin. Few tills have these zones, and only an administrator may read them. */
async function readWindows(ctx: CheckContext): Promise<Sensor[]> {
  const zones = await askPowerShell(
    ctx,
    'Get-CimInstance -Namespace root/wmi -ClassName MSAcpi_ThermalZoneTemperature | Select-Object InstanceName, CurrentTemperature, CriticalTripPoint',
  );
  return zones.flatMap(({ InstanceName, CurrentTemperature, CriticalTripPoint }) => {
    const [current, limit] = [Number(CurrentTemperature), Number(CriticalTripPoint)];
    if (!Number.isFinite(current)) return [];
    return [
      {
        name: String(InstanceName),
        celsius: toCelsius(current),
        ...(limit > 0 && { limit: toCelsius(limit) }),
      },
    ];
  });
}

const toCelsius = (tenthsOfKelvin: number): number => Math.round((tenthsOfKelvin / 10 - KELVIN) * 10) / 10;
