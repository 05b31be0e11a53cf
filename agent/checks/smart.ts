import { Type } from 'typebox';
import type { Point } from '../../protocol/messages.ts';
import type { CheckStatus, Status } from '../../protocol/status.ts';
import { type CheckContext, definePlugin } from '../check.ts';
import { describeError } from '../describe-error.ts';
import { BITS, readDisk, type SmartReport, scanDisks } from '../platform/smartctl.ts';
import type { Words } from '../words.ts';

/** ATA attributes that Telegraf gives as fields of the disk. Vendors agree on these numbers, not on their names. */
const ATA_FIELDS: Readonly<Record<number, string>> = {
  1: 'read_error_rate',
  5: 'reallocated_sectors_count',
  7: 'seek_error_rate',
  187: 'uncorrectable_errors',
  197: 'pending_sector_count',
  198: 'uncorrectable_sector_count',
  199: 'udma_crc_errors',
};
/**
 * Of these the normalised value, which falls from 100 as the disk wears, is Telegraf's field. Their numbers mean other things
 * to other vendors (202 is Samsung's exception mode): smartctl's name tells.
 */
const ATA_WEAR: Readonly<Record<string, string>> = {
  Wear_Leveling_Count: 'wear_leveling_count',
  Percent_Lifetime_Remain: 'percent_lifetime_remain',
  Media_Wearout_Indicator: 'media_wearout_indicator',
};
/** NVMe's health log, where our field bears another name. */
const NVME_FIELDS: Readonly<Record<string, string>> = {
  critical_warning: 'critical_warning',
  available_spare: 'available_spare',
  available_spare_threshold: 'available_spare_threshold',
  percentage_used: 'percentage_used',
  unsafe_shutdowns: 'unsafe_shutdowns',
  media_errors: 'media_errors',
  num_err_log_entries: 'error_log_entries',
};

/** Health of each disk as it judges itself, through smartmontools. */
export const plugin = definePlugin({
  type: 'smart',
  title: { fr: 'Santé des disques (SMART)', en: 'Disk health (SMART)' },
  options: Type.Object(
    {
      devices: Type.Optional(
        Type.Array(
          Type.String({
            pattern: '^/dev/[A-Za-z0-9/_.-]+( -d [A-Za-z0-9+,/]+)?$',
            maxLength: 200,
            description: 'A disk, with its kind where it takes one, e.g. `/dev/bus/0 -d megaraid,4`.',
            fr: 'Un disque, avec son type s’il en faut un, par exemple `/dev/bus/0 -d megaraid,4`.',
          }),
          {
            minItems: 1,
            maxItems: 32,
            description: 'Disks to ask; without it all that `smartctl --scan` finds.',
            fr: 'Disques à interroger\u202f; sans cela, tous ceux que trouve `smartctl --scan`.',
          },
        ),
      ),
      program: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 300,
          default: 'smartctl',
          description: 'Where smartctl is, when not on the search path. It takes version 7 or later.',
          fr: 'Où se trouve smartctl, s’il n’est pas sur le chemin de recherche. Il faut la version 7 ou une plus récente.',
        }),
      ),
      sudo: Type.Optional(
        Type.Boolean({
          default: false,
          description:
            'Asks through `sudo -n`: disks answer root alone, so let the agent run this one program without a password.',
          fr: 'Passe par `sudo -n`\u202f: les disques ne répondent qu’à root, autorisez donc l’agent à lancer ce seul programme sans mot de passe.',
        }),
      ),
      attributes: Type.Optional(
        Type.Boolean({
          default: false,
          description: 'Reports every attribute of ATA disks too, each as a measurement of its own.',
          fr: 'Relève aussi chaque attribut des disques ATA, dans une mesure à part.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { devices: ['/dev/sda', '/dev/nvme0'], sudo: true },
  create: ({ devices, program = 'smartctl', sudo = false, attributes = false }) => {
    const wanted = devices?.map((device) => device.split(' '));
    return async (ctx) => {
      const disks = wanted ?? (await scanDisks(ctx, { program, sudo }));
      if (disks.length === 0) {
        const text = ctx.say({ fr: 'smartctl ne trouve aucun disque.', en: 'smartctl finds no disk.' });
        return { points: [], statuses: [{ check: ctx.name, status: 'unknown', text }] };
      }
      const points: Point[] = [];
      const verdicts: Verdict[] = [];
      const mute: Verdict[] = [];
      for (const disk of disks) {
        const device = disk[0]?.replace('/dev/', '') ?? '';
        // Disks behind one controller bear one name: for people its number is added.
        const label = disk[2]?.includes(',') ? `${device} ${disk[2]}` : device;
        const report = await readDisk(ctx, { program, sudo }, disk).catch((error: unknown) => describeError(error));
        if (typeof report === 'string') {
          if (ctx.signal.aborted) throw ctx.signal.reason;
          verdicts.push({ status: 'unknown', words: { fr: `${label}\u202f: ${report}`, en: `${label}: ${report}` } });
          continue;
        }
        (isMute(report) ? mute : verdicts).push(judge(label, report));
        if (hasAnswered(report)) points.push(...toPoints(device, report, attributes));
      }
      // A RAID volume or a stick that the scan found beside disks that speak is nobody's worry.
      if (wanted || verdicts.length === 0) verdicts.push(...mute);
      return { points, statuses: [summarise(ctx, verdicts)] };
    };
  },
});

interface Verdict {
  status: Status;
  words: Words;
}

const RANK: readonly Status[] = ['ok', 'unknown', 'warning', 'critical'];

function summarise(ctx: CheckContext, verdicts: Verdict[]): CheckStatus {
  const bad = verdicts.filter(({ status }) => status !== 'ok');
  const status = bad.reduce<Status>(
    (worst, { status }) => (RANK.indexOf(status) > RANK.indexOf(worst) ? status : worst),
    'ok',
  );
  if (bad.length === 0) return { check: ctx.name, status };
  return { check: ctx.name, status, text: `${bad.map(({ words }) => ctx.say(words)).join('. ')}.`.slice(0, 512) };
}

/** A disk that sleeps was not asked, and one that could not be opened told nothing. */
const hasAnswered = ({ exitStatus, passed, attributes, nvme }: SmartReport): boolean =>
  (exitStatus & (BITS.commandLine | BITS.openFailed)) === 0 ||
  passed !== undefined ||
  attributes.length > 0 ||
  Object.keys(nvme).length > 0;

/** It answers and says nothing of its health: a RAID controller's volume, many a USB stick. */
const isMute = (report: SmartReport): boolean =>
  hasAnswered(report) &&
  (report.exitStatus & (BITS.failing | BITS.prefail)) === 0 &&
  report.passed === undefined &&
  report.attributes.length === 0 &&
  Object.keys(report.nvme).length === 0;

function judge(device: string, report: SmartReport): Verdict {
  const { exitStatus, messages, passed, nvme } = report;
  const said = messages.join(' ');
  if (passed === false || (exitStatus & BITS.failing) !== 0) {
    return {
      status: 'critical',
      words: {
        fr: `${device}\u202f: le disque annonce sa propre panne, à remplacer`,
        en: `${device}: the disk foretells its own failure; replace it`,
      },
    };
  }
  const warning = Number(nvme.critical_warning ?? 0);
  if (warning !== 0) {
    return {
      status: 'critical',
      words: {
        fr: `${device}\u202f: le disque lance une alerte (code ${warning})`,
        en: `${device}: the disk raises a warning (code ${warning})`,
      },
    };
  }
  if ((exitStatus & BITS.prefail) !== 0) {
    return {
      status: 'warning',
      words: {
        fr: `${device}\u202f: un attribut est passé sous son seuil de panne`,
        en: `${device}: an attribute has fallen to its failure threshold`,
      },
    };
  }
  if (isMute(report)) {
    return {
      status: 'unknown',
      words: {
        fr: `${device}\u202f: ne dit rien de sa santé\u202f; derrière un contrôleur RAID, ses disques se nomment un à un (option devices)`,
        en: `${device}: tells nothing of its health; behind a RAID controller its disks are named one by one (option devices)`,
      },
    };
  }
  if (hasAnswered(report) || /STANDBY|SLEEP/.test(said)) return { status: 'ok', words: { fr: device, en: device } };
  if (/permission denied|operation not permitted/i.test(said)) {
    return {
      status: 'unknown',
      words: {
        fr: `${device}\u202f: seul root peut interroger ce disque (option sudo)`,
        en: `${device}: only root may ask this disk (option sudo)`,
      },
    };
  }
  return { status: 'unknown', words: { fr: `${device}\u202f: ${said}`, en: `${device}: ${said}` } };
}

function toPoints(device: string, report: SmartReport, withAttributes: boolean): Point[] {
  const { exitStatus, model, serial, passed, celsius, powerOnHours, powerCycles, attributes, nvme } = report;
  const tags = { device, ...(model !== undefined && { model }), ...(serial !== undefined && { serial_no: serial }) };
  const fields: Record<string, number> = {
    exit_status: exitStatus,
    ...(passed !== undefined && { health_ok: passed ? 1 : 0 }),
    ...(celsius !== undefined && { temp_c: celsius }),
    ...(powerOnHours !== undefined && { power_on_hours: powerOnHours }),
    ...(powerCycles !== undefined && { power_cycle_count: powerCycles }),
  };
  for (const { id, name, value, raw } of attributes) {
    const [rawField, wearField] = [ATA_FIELDS[id], ATA_WEAR[name]];
    if (rawField !== undefined) fields[rawField] = raw;
    if (wearField !== undefined) fields[wearField] = value;
  }
  for (const [key, field] of Object.entries(NVME_FIELDS)) {
    const value = nvme[key];
    if (typeof value === 'number') fields[field] = value;
  }
  const each = withAttributes
    ? attributes.map(({ id, name, value, worst, threshold, raw }) => ({
        m: 'smart_attribute',
        t: { ...tags, id: String(id), name },
        f: { value, worst, threshold, raw_value: raw },
      }))
    : [];
  return [{ m: 'smart_device', t: tags, f: fields }, ...each];
}
