import type { CheckContext } from '../check.ts';
import { askPowerShell, readDate } from './powershell.ts';

export interface PendingUpdates {
  manager: 'apt' | 'dnf' | 'windows-update';
  pending: number;
  security: number;
  /** When the system last asked its sources, in milliseconds since 1970. */
  refreshedAt?: number;
}

const APT = '/usr/bin/apt-get';
const DNF = '/usr/bin/dnf';
/** A system that was left alone for years has thousands to name. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Rejects where there is no package manager that we know, and with its own message when it fails. */
export async function countPendingUpdates(ctx: CheckContext): Promise<PendingUpdates> {
  if (ctx.platform === 'win32') return askWindows(ctx);
  if (ctx.platform === 'linux') {
    if (await exists(ctx, APT)) return askApt(ctx);
    if (await exists(ctx, DNF)) return askDnf(ctx);
  }
  throw new Error(`no package manager that is known on this ${ctx.platform} system: apt, dnf and Windows Update are`);
}

/** A simulated upgrade needs no rights, no lock and no network. What is held back is not counted: it is not waited for. */
async function askApt(ctx: CheckContext): Promise<PendingUpdates> {
  const args = ['-s', '-q', '-o', 'Debug::NoLocking=true', '-o', 'APT::Get::Show-User-Simulation-Note=false'];
  const { code, stdout, stderr } = await ctx.exec(APT, [...args, 'dist-upgrade'], { maxBytes: MAX_BYTES });
  if (code !== 0) throw new Error(lastLine(stderr) || `apt-get ended with ${code}`);
  // `Inst name [installed] (candidate Origin:version/suite, Origin:…/suite [arch])`; without [installed] it is a new one.
  const upgrades = stdout.split('\n').filter((line) => /^Inst \S+ \[/.test(line));
  const isSecurity = (line: string) => /-security\b|UbuntuESM/i.test(line.slice(line.indexOf(' (')));
  return {
    manager: 'apt',
    pending: upgrades.length,
    security: upgrades.filter(isSecurity).length,
    ...(await newest(ctx, [
      '/var/lib/apt/periodic/update-success-stamp',
      '/var/lib/apt/lists/partial',
      '/var/lib/apt/lists',
    ])),
  };
}

/** Asks its cache alone (-C). It ends with 100 when something waits. */
async function askDnf(ctx: CheckContext): Promise<PendingUpdates> {
  const ask = async (...more: string[]) => {
    const args = ['-q', '-C', 'check-update', ...more];
    const { code, stdout, stderr } = await ctx.exec(DNF, args, { maxBytes: MAX_BYTES });
    if (code !== 0 && code !== 100) throw new Error(lastLine(stderr) || `dnf ended with ${code}`);
    // “Packages” of dnf 4, “packages” of dnf 5, which also puts a heading over what waits.
    const [wanted = ''] = stdout.split(/^Obsoleting packages/im);
    return wanted.split('\n').filter((line) => /^\S+\.\S+\s+\S+\s+\S+\s*$/.test(line)).length;
  };
  return {
    manager: 'dnf',
    pending: await ask(),
    security: await ask('--security'),
    ...(await newest(ctx, ['/var/cache/dnf/expired_repos.json', '/var/cache/dnf/last_makecache', '/var/cache/dnf'])),
  };
}

/** Microsoft's own numbers for what an update is for, the same in every language. */
const SECURITY = '0fa1201d-4330-4fa8-8ae9-b877473b6441';
/** An antivirus's daily signatures: some always wait. */
const DEFINITIONS = 'e0789628-ce08-4437-be74-2495b842f43b';

async function askWindows(ctx: CheckContext): Promise<PendingUpdates> {
  const [found = {}] = await askPowerShell(
    ctx,
    `
$searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
$searcher.Online = $false
# It is UTC and does not say so.
$refreshed = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
New-Object PSObject -Property @{
  updates = @($searcher.Search('IsInstalled=0 and IsHidden=0').Updates | ForEach-Object { ,@($_.Categories | ForEach-Object { $_.CategoryID }) })
  refreshed = $(if ($refreshed) { [DateTime]::SpecifyKind($refreshed, [DateTimeKind]::Utc) })
}
`,
  );
  const updates = (Array.isArray(found.updates) ? found.updates : []).map((categories: unknown) =>
    [categories].flat().map((category) => String(category).toLowerCase()),
  );
  const counted = updates.filter((categories) => !categories.includes(DEFINITIONS));
  const refreshedAt = readDate(found.refreshed);
  return {
    manager: 'windows-update',
    pending: counted.length,
    security: counted.filter((categories) => categories.includes(SECURITY)).length,
    ...(refreshedAt !== undefined && { refreshedAt }),
  };
}

const exists = (ctx: CheckContext, path: string): Promise<boolean> =>
  ctx.stat(path).then(
    () => true,
    () => false,
  );

async function newest(ctx: CheckContext, paths: string[]): Promise<{ refreshedAt?: number }> {
  const times = await Promise.all(
    paths.map((path) =>
      ctx.stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const refreshedAt = Math.max(...times);
  return refreshedAt > 0 ? { refreshedAt } : {};
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
