import { SnmpFault } from '../client/fault.ts';
import type { SnmpSession } from '../client/session.ts';
import type { WalkBounds } from '../client/walk.ts';
import { Snapshot } from '../evaluate/snapshot.ts';
import type { SnmpProfile } from '../profile.ts';
import { readDevice } from '../read/read-device.ts';
import { ADDRESS_COLUMNS, OWN_SCALARS, ownAddresses, ownMacs } from '../topology/own.ts';
import { portsOf } from '../topology/ports.ts';
import { hexOf } from '../value.ts';
import type { FoundDevice } from './found.ts';

// SNMP-FRAMEWORK-MIB snmpEngineID.
const ENGINE = '1.3.6.1.6.3.10.2.1.1.0';
const BOUNDS: WalkBounds = { rowsPerColumn: 500, values: 10_000, durationMs: 30_000 };

/** What a device is that answered. One that falls silent meanwhile is what it has told so far. Rejects when the signal fires. */
export async function identify(
  session: Pick<SnmpSession, 'get' | 'walk' | 'engine'>,
  at: Pick<FoundDevice, 'address' | 'port' | 'credential' | 'device'>,
  { profiles, now, signal }: { profiles: readonly SnmpProfile[]; now: () => number; signal: AbortSignal },
): Promise<FoundDevice> {
  const device: FoundDevice = { ...at, others: [], macs: [] };
  try {
    const { reading } = await readDevice(session, { profiles, bounds: BOUNDS, now, signal });
    Object.assign(device, reading.identity);
    const scalars = await session.get([...OWN_SCALARS, ENGINE], signal);
    const { values } = await session.walk(ADDRESS_COLUMNS, BOUNDS, signal);
    const snapshot = new Snapshot(new Map([...scalars, ...values]));
    const { interfaces = [] } = reading;
    const ports = portsOf(snapshot, interfaces);
    const macs = [...ownMacs(snapshot, interfaces, ports).keys()];
    const port = ownAddresses(snapshot, ports).get(at.address);
    const mac = interfaces.find(({ index }) => port !== undefined && ports.at(index) === port)?.mac ?? macs[0];
    const engine = scalars.get(ENGINE)?.value;
    return {
      ...device,
      macs,
      ...(mac && { mac }),
      ...(engine instanceof Uint8Array && engine.length >= 5 && { engine: hexOf(engine) }),
    };
  } catch (error) {
    if (!(error instanceof SnmpFault) || signal.aborted) throw error;
    return device;
  }
}
