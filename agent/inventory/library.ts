import { type Collector, itemOf, tidy } from './collector.ts';

/** Hardware and system of Windows and macOS, which a library asks for: each of its calls starts programs of the system. */
export const library: Collector = {
  sections: ['machine', 'os', 'disk', 'usb', 'printer', 'monitor'],
  async gather(ctx) {
    const system = await ctx.systemInformation();
    const machine = await system.system();
    const bios = await system.bios();
    const chassis = await system.chassis();
    const os = await system.osInfo();
    const facts: Record<string, string | number | undefined> = {
      'machine.vendor': tidy(machine.manufacturer),
      'machine.model': tidy(machine.model),
      'machine.serial': tidy(machine.serial),
      'machine.assetTag': tidy(chassis.assetTag),
      'machine.chassis': tidy(chassis.type),
      'machine.biosVersion': tidy(bios.version),
      'machine.biosDate': tidy(bios.releaseDate),
      'os.name': tidy(os.distro),
      'os.version': tidy(os.release),
      'os.kernel': tidy(os.kernel),
      'os.arch': tidy(os.arch),
      'os.hostname': tidy(ctx.os.hostname()),
    };
    for (const disk of await system.diskLayout()) {
      const at = `disk[${itemOf(disk.device || disk.name)}]`;
      facts[`${at}.model`] = tidy(disk.name);
      facts[`${at}.vendor`] = tidy(disk.vendor);
      facts[`${at}.serial`] = tidy(disk.serialNum);
      facts[`${at}.firmware`] = tidy(disk.firmwareRevision);
      facts[`${at}.gigabytes`] = disk.size > 0 ? Math.round(disk.size / 1e9) : undefined;
      facts[`${at}.kind`] = tidy(disk.type);
    }
    for (const device of await system.usb()) {
      if (/hub|host controller/i.test(`${device.type} ${device.name}`)) continue;
      const at = `usb[${itemOf(String(device.deviceId || device.id || device.name))}]`;
      facts[`${at}.name`] = tidy(device.name);
      facts[`${at}.vendor`] = tidy(device.manufacturer ?? device.vendor);
      facts[`${at}.serial`] = tidy(device.serialNumber);
    }
    for (const printer of await system.printer()) {
      const at = `printer[${itemOf(printer.name)}]`;
      facts[`${at}.model`] = tidy(printer.model);
      facts[`${at}.device`] = tidy(printer.uri);
    }
    const { displays } = await system.graphics();
    for (const [index, screen] of displays.entries()) {
      const at = `monitor[${itemOf(screen.connection || String(index + 1))} ${index + 1}]`;
      facts[`${at}.vendor`] = tidy(screen.vendor);
      facts[`${at}.model`] = tidy(screen.model);
      facts[`${at}.serial`] = tidy(screen.serial ?? undefined);
    }
    return { facts };
  },
};
