import type { CheckContext } from '../check.ts';

export interface Sensor {
  name: string;
  celsius: number;
  /** What its hardware says it must not reach. */
  limit?: number;
}

const HWMON = '/sys/class/hwmon';
const ZONES = '/sys/class/thermal';

/** The chips' own sensors; where there is none, the thermal zones of the firmware. One that does not answer is left out. */
export async function readLinuxSensors(ctx: CheckContext): Promise<Sensor[]> {
  const chips = await readChips(ctx);
  return unique(chips.length > 0 ? chips : await readZones(ctx));
}

async function readChips(ctx: CheckContext): Promise<Sensor[]> {
  const found: Sensor[] = [];
  for (const chip of await list(ctx, HWMON)) {
    const files = await list(ctx, `${HWMON}/${chip}`);
    const name = (await read(ctx, `${HWMON}/${chip}/name`)) ?? chip;
    for (const input of files.filter((file) => /^temp\d+_input$/.test(file))) {
      const prefix = `${HWMON}/${chip}/${input.slice(0, -'_input'.length)}`;
      const celsius = await readMillidegrees(ctx, `${prefix}_input`);
      if (celsius === undefined) continue;
      const label = await read(ctx, `${prefix}_label`);
      const limit = await readMillidegrees(ctx, `${prefix}_crit`);
      found.push({
        name: [name, label].filter(Boolean).map(asName).join('_'),
        celsius,
        // Some drivers write nought, or an absurdity, for “none”.
        ...(limit !== undefined && limit > 0 && limit < 200 && { limit }),
      });
    }
  }
  return found;
}

async function readZones(ctx: CheckContext): Promise<Sensor[]> {
  const found: Sensor[] = [];
  for (const zone of (await list(ctx, ZONES)).filter((name) => name.startsWith('thermal_zone'))) {
    const celsius = await readMillidegrees(ctx, `${ZONES}/${zone}/temp`);
    if (celsius !== undefined)
      found.push({ name: asName((await read(ctx, `${ZONES}/${zone}/type`)) ?? zone), celsius });
  }
  return found;
}

/** Two chips of one kind bear the same names: the later ones are numbered. */
function unique(sensors: Sensor[]): Sensor[] {
  const seen = new Map<string, number>();
  return sensors.map((sensor) => {
    const count = (seen.get(sensor.name) ?? 0) + 1;
    seen.set(sensor.name, count);
    return count === 1 ? sensor : { ...sensor, name: `${sensor.name}_${count}` };
  });
}

const asName = (text = ''): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** hwmon2 before hwmon10. By hand: to compare as people do, the runtime would load three megabytes. */
const list = async (ctx: CheckContext, path: string): Promise<string[]> =>
  (await ctx.listDir(path).catch(() => []))
    .map((name) => ({ name, padded: name.replace(/\d+/g, (digits) => digits.padStart(6, '0')) }))
    .sort((a, b) => (a.padded < b.padded ? -1 : 1))
    .map(({ name }) => name);

const read = async (ctx: CheckContext, path: string): Promise<string | undefined> =>
  (await ctx.readText(path).catch(() => '')).trim() || undefined;

async function readMillidegrees(ctx: CheckContext, path: string): Promise<number | undefined> {
  const text = await read(ctx, path);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) / 1000 : undefined;
}
