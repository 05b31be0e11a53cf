import type { CheckContext } from '../check.ts';

/** What `smartctl` answered about a disk: its JSON, of which only the parts we read, and its exit status. */
export interface SmartReport {
  /** See BITS. */
  exitStatus: number;
  messages: string[];
  model?: string;
  serial?: string;
  passed?: boolean;
  celsius?: number;
  powerOnHours?: number;
  powerCycles?: number;
  attributes: SmartAttribute[];
  /** NVMe's health log; empty for another disk. */
  nvme: Readonly<Record<string, unknown>>;
}

export interface SmartAttribute {
  id: number;
  name: string;
  value: number;
  worst: number;
  threshold: number;
  raw: number;
}

/** Bits of the exit status, from its manual page. */
export const BITS = { commandLine: 1, openFailed: 2, commandFailed: 4, failing: 8, prefail: 16 } as const;

export interface SmartctlOptions {
  program: string;
  sudo: boolean;
}

/** The disks it finds, as arguments for the next calls: `['/dev/sda', '-d', 'sat']`. */
export async function scanDisks(ctx: CheckContext, options: SmartctlOptions): Promise<string[][]> {
  const { devices } = await callSmartctl(ctx, options, ['--scan']);
  return list(devices).flatMap(({ name, type }) =>
    typeof name === 'string' ? [typeof type === 'string' ? [name, '-d', type] : [name]] : [],
  );
}

/** Asks a disk without waking it. Its health may be bad and the answer good: `exitStatus` tells them apart. */
export async function readDisk(ctx: CheckContext, options: SmartctlOptions, device: string[]): Promise<SmartReport> {
  const json = await callSmartctl(ctx, options, ['-n', 'standby', '-i', '-H', '-A', ...device]);
  const { smartctl, model_name, scsi_model_name, serial_number, smart_status, temperature, power_on_time } = json;
  const model = text(model_name) ?? text(scsi_model_name);
  const serial = text(serial_number);
  const passed = record(smart_status).passed;
  // A RAID volume says 0 °C, and 0 °C for its limit too.
  const { current, drive_trip } = record(temperature);
  const celsius = current === 0 && drive_trip === 0 ? undefined : number(current);
  const powerOnHours = number(record(power_on_time).hours);
  const powerCycles = number(json.power_cycle_count);
  return {
    exitStatus: number(record(smartctl).exit_status) ?? 0,
    messages: list(record(smartctl).messages).flatMap((message) => text(message.string) ?? []),
    attributes: list(record(json.ata_smart_attributes).table).map(readAttribute),
    nvme: record(json.nvme_smart_health_information_log),
    ...(model !== undefined && { model }),
    ...(serial !== undefined && { serial }),
    ...(typeof passed === 'boolean' && { passed }),
    ...(celsius !== undefined && { celsius }),
    ...(powerOnHours !== undefined && { powerOnHours }),
    ...(powerCycles !== undefined && { powerCycles }),
  };
}

async function callSmartctl(
  ctx: CheckContext,
  { program, sudo }: SmartctlOptions,
  args: string[],
): Promise<Record<string, unknown>> {
  const command = [program, '-j', ...args];
  const [file = program, ...rest] = sudo ? ['sudo', '-n', ...command] : command;
  const { stdout, stderr } = await ctx.exec(file, rest, { maxBytes: 256 * 1024 });
  if (!stdout.startsWith('{')) {
    const said = (stderr || stdout).trim().split('\n', 1)[0];
    throw new Error(
      `${sudo ? 'sudo ' : ''}smartctl gives no JSON (it takes version 7 or later): ${said || 'no answer'}`,
    );
  }
  return record(JSON.parse(stdout));
}

function readAttribute(item: Record<string, unknown>): SmartAttribute {
  return {
    id: number(item.id) ?? 0,
    name: text(item.name) ?? '',
    value: number(item.value) ?? 0,
    worst: number(item.worst) ?? 0,
    threshold: number(item.thresh) ?? 0,
    raw: number(record(item.raw).value) ?? 0,
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
