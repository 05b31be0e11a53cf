import type { DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { utcOffsetMs } from './local-time.ts';
import { appliance, ups } from './models/appliance.ts';
import { type ComputerProfile, computer } from './models/computer.ts';
import type { Condition, Model, Readings } from './models/model.ts';
import { networkDevice } from './models/network-device.ts';
import { till } from './models/till.ts';
import { fraction, hashText, mix } from './random.ts';
import { type Rhythm, rhythmOf } from './rhythm.ts';

const GB = 1_000_000_000;

const TILL: ComputerProfile = {
  memoryBytes: 8 * GB,
  diskBytes: 120 * GB,
  idleCpu: 4,
  busyCpu: 26,
  memory: 42,
  bytesPerS: 9_000,
  processes: 148,
  program: 'pos',
  path: '/',
};
const SELF_CHECKOUT: ComputerProfile = { ...TILL, busyCpu: 34, memory: 50, processes: 171 };
const SERVER: ComputerProfile = {
  memoryBytes: 64 * GB,
  diskBytes: 2_000 * GB,
  idleCpu: 7,
  busyCpu: 30,
  memory: 55,
  bytesPerS: 240_000,
  processes: 312,
  program: 'store-server',
  path: '/srv',
};
const GATEWAY: ComputerProfile = {
  memoryBytes: 4 * GB,
  diskBytes: 32 * GB,
  idleCpu: 3,
  busyCpu: 9,
  memory: 30,
  bytesPerS: 40_000,
  processes: 96,
  program: 'vigie-agent',
  path: '/',
};

const MODELS: Record<DeviceKind, Model> = {
  till: till(TILL, 40),
  'self-checkout': till(SELF_CHECKOUT, 24),
  server: computer(SERVER),
  gateway: computer(GATEWAY),
  router: networkDevice([
    { name: 'wan0', bytesPerS: 320_000 },
    { name: 'lan0', bytesPerS: 300_000 },
    { name: 'lan1', bytesPerS: 20_000 },
  ]),
  firewall: networkDevice([
    { name: 'wan0', bytesPerS: 320_000 },
    { name: 'lan0', bytesPerS: 320_000 },
  ]),
  switch: networkDevice([
    { name: 'gi1/0/24', bytesPerS: 300_000 },
    { name: 'gi1/0/1', bytesPerS: 60_000 },
    { name: 'gi1/0/2', bytesPerS: 50_000 },
  ]),
  'access-point': networkDevice([
    { name: 'eth0', bytesPerS: 45_000 },
    { name: 'wlan0', bytesPerS: 30_000 },
    { name: 'wlan1', bytesPerS: 15_000 },
  ]),
  printer: appliance(9100, 'net_response:print:9100'),
  'payment-terminal': appliance(8443, 'net_response:payment:8443'),
  ups,
  pdu: appliance(80, 'net_response:web:80'),
  camera: appliance(554, 'net_response:video:554'),
  nas: appliance(445, 'net_response:files:445'),
  other: appliance(80, 'net_response:web:80'),
};

const LONGEST_UPTIME_MS = 40 * 86_400_000;

/** A device with all that stays the same about it. */
export interface ModelledDevice {
  key: DeviceKey;
  kind: DeviceKind;
  timeZone: string;
  seed: number;
  rhythm: Rhythm;
  /** Milliseconds since 1970: its last start before the demo began. */
  bootedAt: number;
}

/** @param startedAt milliseconds since 1970: the device has been up for up to 40 days by then. */
export function modelDevice(
  device: { key: DeviceKey; kind: DeviceKind; timeZone: string },
  seed: number,
  startedAt: number,
): ModelledDevice {
  const own = hashText(seed, device.key);
  return {
    ...device,
    seed: own,
    rhythm: rhythmOf(own),
    bootedAt: Math.floor(startedAt - fraction(mix(own, 0)) * LONGEST_UPTIME_MS),
  };
}

/** What the device measures at that instant: the same for the same device, instant and condition. */
export function readDevice(device: ModelledDevice, at: number, condition: Condition): Readings {
  return MODELS[device.kind]({
    at,
    seed: device.seed,
    rhythm: device.rhythm,
    utcOffsetMs: utcOffsetMs(device.timeZone, at),
    condition,
  });
}
