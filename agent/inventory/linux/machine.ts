import type { UnreadReason } from '../../../protocol/facts.ts';
import { type Collector, readIfThere, readTidy, reasonOf } from '../collector.ts';

const DMI = '/sys/class/dmi/id';

const FILES: Readonly<Record<string, string>> = {
  'machine.vendor': 'sys_vendor',
  'machine.model': 'product_name',
  'machine.serial': 'product_serial',
  'machine.assetTag': 'chassis_asset_tag',
  'machine.biosVersion': 'bios_version',
  'machine.biosDate': 'bios_date',
};

/**
 * Where a service started by the system may leave the serial number, which only root can read: the agent's unit copies
 * it there before it drops its rights.
 */
export const SERIAL_LEFT_AT = '/run/vigie-agent/serial';

/** SMBIOS's kinds of chassis that tills, servers and back offices come in. */
const CHASSIS: Readonly<Record<string, string>> = {
  3: 'Desktop',
  4: 'Low Profile Desktop',
  6: 'Mini Tower',
  7: 'Tower',
  8: 'Portable',
  9: 'Laptop',
  10: 'Notebook',
  13: 'All in One',
  15: 'Space-saving',
  16: 'Lunch Box',
  17: 'Main Server Chassis',
  23: 'Rack Mount',
  30: 'Tablet',
  34: 'Embedded PC',
  35: 'Mini PC',
};

/** Maker, model, serial number and firmware, as the firmware tells them, or the device tree of a small board. */
export const machine: Collector = {
  sections: ['machine'],
  async gather(ctx) {
    const facts: Record<string, string | undefined> = {};
    const unread: Record<string, UnreadReason> = {};
    for (const [path, file] of Object.entries(FILES)) {
      try {
        facts[path] = await readTidy(ctx, `${DMI}/${file}`);
      } catch (error) {
        unread[path] = reasonOf(error) ?? 'failed';
      }
    }
    facts['machine.chassis'] = CHASSIS[(await readIfThere(ctx, `${DMI}/chassis_type`)) ?? ''];
    facts['machine.model'] ??= await readIfThere(ctx, '/proc/device-tree/model');
    for (const path of [SERIAL_LEFT_AT, '/proc/device-tree/serial-number']) {
      facts['machine.serial'] ??= await readIfThere(ctx, path);
    }
    if (facts['machine.serial'] !== undefined) delete unread['machine.serial'];
    return { facts, unread };
  },
};
