import { Type } from 'typebox';
import { type CheckContext, definePlugin } from '../check.ts';
import { findNewerKernel } from '../platform/linux-kernels.ts';
import { askPowerShell } from '../platform/powershell.ts';
import type { Words } from '../words.ts';

/** Where Debian and its like say that a package asks for a reboot, and which. */
const MARKER = '/run/reboot-required';
const PACKAGES = '/run/reboot-required.pkgs';
const MOST_NAMES = 5;

/** Whether what was installed waits for a reboot, and why. */
export const plugin = definePlugin({
  type: 'reboot',
  title: { fr: 'Redémarrage nécessaire', en: 'Reboot needed' },
  options: Type.Object(
    {
      fileRenames: Type.Optional(
        Type.Boolean({
          default: false,
          description:
            'Windows: files waiting to be renamed count too, which many programs leave behind without needing a reboot.',
          fr: 'Windows\u202f: les fichiers à renommer comptent aussi, que bien des logiciels laissent sans qu’un redémarrage soit utile.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { fileRenames: false },
  create:
    ({ fileRenames = false }) =>
    async (ctx) => {
      const reasons = ctx.platform === 'win32' ? await askWindows(ctx, fileRenames) : await askLinux(ctx);
      const because = reasons.map(ctx.say).join(', ');
      return {
        points: [{ m: 'reboot', f: { required: reasons.length > 0 ? 1 : 0 } }],
        statuses: [
          reasons.length === 0
            ? { check: ctx.name, status: 'ok' }
            : {
                check: ctx.name,
                status: 'warning',
                text: ctx
                  .say({ fr: `Redémarrage nécessaire\u202f: ${because}.`, en: `A reboot is needed: ${because}.` })
                  .slice(0, 512),
              },
        ],
      };
    },
});

async function askLinux(ctx: CheckContext): Promise<Words[]> {
  if (ctx.platform !== 'linux') throw new Error(`a pending reboot cannot be known on ${ctx.platform}`);
  const reasons: Words[] = [];
  const isMarked = await ctx.stat(MARKER).then(
    () => true,
    () => false,
  );
  if (isMarked) {
    const packages = [...new Set((await ctx.readText(PACKAGES).catch(() => '')).split('\n').filter(Boolean))];
    const names = `${packages.slice(0, MOST_NAMES).join(', ')}${packages.length > MOST_NAMES ? ', …' : ''}`;
    reasons.push(
      names === ''
        ? { fr: 'le système le demande', en: 'the system asks for it' }
        : { fr: `demandé par ${names}`, en: `asked for by ${names}` },
    );
  }
  const kernels = await findNewerKernel(ctx);
  if (kernels) {
    const { running, newest } = kernels;
    reasons.push({
      fr: `le noyau ${newest} est installé, ${running} tourne encore`,
      en: `kernel ${newest} is installed, ${running} still runs`,
    });
  }
  return reasons;
}

const REGISTRY: Readonly<Record<string, Words>> = {
  servicing: { fr: 'composants de Windows installés', en: 'Windows components installed' },
  updates: { fr: 'mises à jour de Windows installées', en: 'Windows updates installed' },
  computerName: { fr: 'la machine change de nom', en: 'the computer is changing its name' },
  fileRenames: { fr: 'fichiers à renommer', en: 'files to be renamed' },
};

async function askWindows(ctx: CheckContext, fileRenames: boolean): Promise<Words[]> {
  const [found = {}] = await askPowerShell(
    ctx,
    `
$names = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\ComputerName'
New-Object PSObject -Property @{
  servicing = Test-Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending'
  updates = Test-Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired'
  computerName = (Get-ItemProperty "$names\\ActiveComputerName").ComputerName -ne (Get-ItemProperty "$names\\ComputerName").ComputerName
  fileRenames = [bool](Get-ItemProperty 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager').PendingFileRenameOperations
}
`,
  );
  return Object.entries(REGISTRY).flatMap(([key, words]) =>
    found[key] === true && (key !== 'fileRenames' || fileRenames) ? [words] : [],
  );
}
