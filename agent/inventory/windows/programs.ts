import type { CheckContext } from '../../check.ts';
import { askPowerShell } from '../../platform/powershell.ts';

const KEYS = String.raw`'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'`;

/** The installed programs of 64 and 32 bits, from the registry: asking the installer itself would repair each of them. */
export async function readPrograms(ctx: CheckContext): Promise<{ name: string; version: string }[]> {
  const rows = await askPowerShell(
    ctx,
    `Get-ItemProperty -Path ${KEYS} -ErrorAction SilentlyContinue | Where-Object { $_.DisplayName -and $_.DisplayVersion } | Select-Object DisplayName, DisplayVersion`,
  );
  return rows.map(({ DisplayName, DisplayVersion }) => ({
    name: String(DisplayName),
    version: String(DisplayVersion),
  }));
}
