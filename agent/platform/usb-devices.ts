import type { CheckContext } from '../check.ts';
import { askPowerShell } from './powershell.ts';

export interface UsbDevice {
  /** `vendor:product`, four hexadecimal digits each, in lower case. */
  id: string;
  serial?: string;
}

const SYSFS = '/sys/bus/usb/devices';

/** What is plugged in. On Linux read from sysfs, on Windows from Plug and Play. Rejects elsewhere. */
export async function listUsbDevices(ctx: CheckContext): Promise<UsbDevice[]> {
  if (ctx.platform === 'linux') return listLinux(ctx);
  if (ctx.platform === 'win32') return listWindows(ctx);
  throw new Error(
    ctx.say({
      fr: 'les périphériques USB ne se lisent que sous Linux et Windows',
      en: 'USB devices are read on Linux and Windows only',
    }),
  );
}

async function listLinux(ctx: CheckContext): Promise<UsbDevice[]> {
  const found: UsbDevice[] = [];
  // A host without a USB controller has no such folder.
  for (const name of await ctx.listDir(SYSFS).catch(() => [])) {
    // `1-1.2` is a device, `1-1.2:1.0` an interface of it, `usb1` a root hub.
    if (name.includes(':') || name.startsWith('usb')) continue;
    const read = async (file: string) => (await ctx.readText(`${SYSFS}/${name}/${file}`).catch(() => '')).trim();
    const [vendor, product] = [await read('idVendor'), await read('idProduct')];
    if (vendor === '' || product === '') continue;
    const serial = await read('serial');
    found.push({ id: `${vendor}:${product}`.toLowerCase(), ...(serial !== '' && { serial }) });
  }
  return found;
}

/** `USB\VID_04B8&PID_0E15\583756…`: with `&` in it, the last part is Windows's own number of the port and no serial. */
const INSTANCE = /^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})\\(.+)$/i;

async function listWindows(ctx: CheckContext): Promise<UsbDevice[]> {
  const rows = await askPowerShell(
    ctx,
    "Get-PnpDevice -PresentOnly -ErrorAction SilentlyContinue | Where-Object InstanceId -like 'USB\\VID_*' | Select-Object InstanceId, Status",
  );
  return rows.flatMap(({ InstanceId }) => {
    const [, vendor, product, serial = ''] = INSTANCE.exec(String(InstanceId)) ?? [];
    if (vendor === undefined) return [];
    return [{ id: `${vendor}:${product}`.toLowerCase(), ...(!serial.includes('&') && { serial }) }];
  });
}
