import type { DeviceFamily } from '../reading.ts';

/** A device that is configured: what is found may be it. */
export interface KnownDevice {
  name: string;
  /** IPv4. */
  address: string;
  port: number;
  credential: string;
  /** Where it was read before. */
  serial?: string;
}

/** A device that answers. */
export interface FoundDevice {
  address: string;
  /** Others it answers at. */
  others: readonly string[];
  port: number;
  /** The name of the one that opens it. */
  credential: string;
  /** The name of the configured device that it is. */
  device?: string;
  kind?: DeviceFamily;
  vendor?: string;
  model?: string;
  serial?: string;
  /** As it calls itself. */
  name?: string;
  description?: string;
  /** Of the interface that bears the address, where it tells. */
  mac?: string;
  /** All its own, but for those that routers share. */
  macs: readonly string[];
  /** Of SNMP, in hexadecimal. */
  engine?: string;
}
