/** What a device is, as its SNMP agent shows it. */
export type DeviceFamily =
  | 'router'
  | 'switch'
  | 'firewall'
  | 'access-point'
  | 'wireless-controller'
  | 'ups'
  | 'pdu'
  | 'printer'
  | 'server'
  | 'bmc'
  | 'hypervisor'
  | 'nas'
  | 'camera'
  | 'nvr'
  | 'appliance'
  | 'environment';

/** What a sensor measures, each in one unit everywhere; `state` is a code with a meaning. */
export const SENSOR_UNITS = {
  state: '',
  temperature: '°C',
  voltage: 'V',
  current: 'A',
  power: 'W',
  power_consumed: 'kWh',
  power_factor: '',
  frequency: 'Hz',
  charge: '%',
  load: '%',
  runtime: 'min',
  fanspeed: 'rpm',
  humidity: '%',
  airflow: 'cfm',
  pressure: 'kPa',
  percent: '%',
  dbm: 'dBm',
  signal: 'dBm',
  rssi: 'dBm',
  rsrp: 'dBm',
  rsrq: 'dB',
  sinr: 'dB',
  snr: 'dB',
  'noise-floor': 'dBm',
  clients: '',
  'ap-count': '',
  channel: '',
  utilization: '%',
  quality: '%',
  capacity: '%',
  count: '',
  delay: 's',
  distance: 'km',
  rate: 'bit/s',
  bitrate: 'bit/s',
  ccq: '%',
  loss: '%',
  'error-rate': 'bit/s',
  'error-ratio': '%',
  cell: '',
  waterflow: 'l/min',
  sound: 'dB',
  light: 'lx',
} as const;
export type SensorKind = keyof typeof SENSOR_UNITS;

export type SensorStatus = 'ok' | 'warning' | 'critical' | 'unknown';

export interface Interface {
  /** ifIndex: it may be another after a restart. What identifies it is `name` and `alias`. */
  index: number;
  name: string;
  alias?: string;
  status: 'up' | 'down' | 'testing' | 'unknown' | 'dormant' | 'notPresent' | 'lowerLayerDown';
  isEnabled: boolean;
  speedBps?: number;
  /** ifType, IANA's number. */
  type?: number;
  mac?: string;
}

export interface Usage {
  name: string;
  usedPercent: number;
  totalBytes?: number;
}

export interface Sensor {
  kind: SensorKind;
  name: string;
  value: number;
  unit: string;
  /** Where it stands, with its index. */
  oid: string;
  /** By its state, or by the limits the device itself gives. */
  status: SensorStatus;
  /** Of a state: what its code means. */
  label?: string;
}

export interface Supply {
  name: string;
  kind: string;
  /** Undefined: some is left, how much is not told; or unknown. */
  leftPercent?: number;
  status: SensorStatus;
}

/** One look at a device. What it doesn't have is left out. */
export interface DeviceReading {
  identity: {
    kind?: DeviceFamily;
    vendor?: string;
    model?: string;
    version?: string;
    serial?: string;
    name?: string;
    description?: string;
    location?: string;
  };
  /** What else it tells in words, by the path of a fact. */
  facts?: Record<string, string>;
  interfaces?: Interface[];
  cpu?: { name: string; usedPercent: number }[];
  memory?: Usage[];
  storage?: Usage[];
  sensors?: Sensor[];
  supplies?: Supply[];
  /** Names of the profiles it was read with. */
  profiles: string[];
  uptimeS?: number;
}
