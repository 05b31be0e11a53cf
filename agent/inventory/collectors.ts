import type { Collector } from './collector.ts';

/** What reads the facts of this platform, loaded now. */
export async function collectorsFor(platform: NodeJS.Platform): Promise<Collector[]> {
  const { processor } = await import('./processor.ts');
  const { network } = await import('./network.ts');
  const { software } = await import('./software.ts');
  const everywhere = [processor, network, software];
  if (platform === 'linux') {
    return [
      (await import('./linux/machine.ts')).machine,
      (await import('./linux/system.ts')).system,
      (await import('./linux/disks.ts')).disks,
      (await import('./linux/usb.ts')).usb,
      (await import('./linux/monitors.ts')).monitors,
      (await import('./linux/patches.ts')).patches,
      (await import('./linux/printers.ts')).printers,
      ...everywhere,
    ];
  }
  const { library } = await import('./library.ts');
  if (platform !== 'win32') return [library, ...everywhere];
  return [library, (await import('./windows/patches.ts')).windowsPatches, ...everywhere];
}
