import { Type } from 'typebox';
import { type CheckContext, type CheckResult, definePlugin } from '../check.ts';
import { readSignatures } from '../platform/clamav.ts';
import { askPowerShell, readDate } from '../platform/powershell.ts';
import type { Words } from '../words.ts';

/** Age of the antivirus's signatures: ClamAV's files on Linux, Microsoft Defender's own account on Windows. */
export const plugin = definePlugin({
  type: 'antivirus',
  title: { fr: 'Antivirus', en: 'Antivirus' },
  options: Type.Object(
    {
      maxAgeS: Type.Optional(
        Type.Integer({
          minimum: 3600,
          maximum: 31_536_000,
          default: 604_800,
          description: 'Seconds since its signatures were made, at most; older is a warning.',
          fr: 'Âge maximal des signatures en secondes\u202f; au-delà, c’est un avertissement.',
        }),
      ),
      folder: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 300,
          default: '/var/lib/clamav',
          description: 'Linux: where freshclam keeps the signatures.',
          fr: 'Linux\u202f: où freshclam range les signatures.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { maxAgeS: 259_200 },
  create:
    ({ maxAgeS = 604_800, folder = '/var/lib/clamav' }) =>
    async (ctx) => {
      if (ctx.platform === 'linux') return askClamav(ctx, folder, maxAgeS);
      if (ctx.platform === 'win32') return askDefender(ctx, maxAgeS);
      throw new Error(`no antivirus that is known on ${ctx.platform}`);
    },
});

async function askClamav(ctx: CheckContext, folder: string, maxAgeS: number): Promise<CheckResult> {
  const [daily, main] = [await readSignatures(ctx, folder, 'daily'), await readSignatures(ctx, folder, 'main')];
  if (!daily) {
    return warn(ctx, [], [{ fr: `pas de signatures dans ${folder}`, en: `no signatures in ${folder}` }]);
  }
  const ageS = Math.max(0, (ctx.now() - daily.builtAt) / 1000);
  const points = [
    {
      m: 'antivirus',
      t: { product: 'clamav' },
      f: {
        signature_age_seconds: Math.round(ageS),
        fetched_age_seconds: Math.max(0, Math.round((ctx.now() - daily.fetchedAt) / 1000)),
        signature_version: daily.version,
        signatures: daily.signatures + (main?.signatures ?? 0),
      },
    },
  ];
  const faults = tooOld(ageS, maxAgeS);
  if (!main) faults.push({ fr: 'la base principale manque', en: 'the main database is missing' });
  return warn(ctx, points, faults);
}

async function askDefender(ctx: CheckContext, maxAgeS: number): Promise<CheckResult> {
  const [found] = await askPowerShell(
    ctx,
    'Get-MpComputerStatus | Select-Object AMRunningMode, AntivirusEnabled, RealTimeProtectionEnabled, AntivirusSignatureLastUpdated, QuickScanEndTime',
  );
  if (!found) throw new Error('Microsoft Defender gives no account of itself');
  const { AMRunningMode, AntivirusEnabled, RealTimeProtectionEnabled, AntivirusSignatureLastUpdated } = found;
  const updatedAt = readDate(AntivirusSignatureLastUpdated);
  const scannedAt = readDate(found.QuickScanEndTime);
  const ageS = (at: number) => Math.max(0, Math.round((ctx.now() - at) / 1000));
  const points = [
    {
      m: 'antivirus',
      t: { product: 'defender' },
      f: {
        enabled: AntivirusEnabled === true ? 1 : 0,
        realtime: RealTimeProtectionEnabled === true ? 1 : 0,
        ...(updatedAt !== undefined && { signature_age_seconds: ageS(updatedAt) }),
        ...(scannedAt !== undefined && { scan_age_seconds: ageS(scannedAt) }),
      },
    },
  ];
  // Where another product protects the machine, Defender stands aside and may grow old.
  if (/passive|edr block/i.test(String(AMRunningMode))) return warn(ctx, points, []);
  const faults: Words[] = [];
  if (AntivirusEnabled !== true) faults.push({ fr: 'il est arrêté', en: 'it is off' });
  else if (RealTimeProtectionEnabled !== true) {
    faults.push({ fr: 'la protection en temps réel est arrêtée', en: 'real-time protection is off' });
  }
  if (updatedAt !== undefined) faults.push(...tooOld(ageS(updatedAt), maxAgeS));
  return warn(ctx, points, faults);
}

function tooOld(ageS: number, maxAgeS: number): Words[] {
  if (ageS <= maxAgeS) return [];
  const days = Math.floor(ageS / 86_400);
  return [{ fr: `ses signatures ont ${days} j`, en: `its signatures are ${days} d old` }];
}

function warn(ctx: CheckContext, points: CheckResult['points'], faults: Words[]): CheckResult {
  if (faults.length === 0) return { points, statuses: [{ check: ctx.name, status: 'ok' }] };
  const because = faults.map(ctx.say).join(', ');
  const text = ctx.say({ fr: `Antivirus\u202f: ${because}.`, en: `Antivirus: ${because}.` });
  return { points, statuses: [{ check: ctx.name, status: 'warning', text: text.slice(0, 512) }] };
}
