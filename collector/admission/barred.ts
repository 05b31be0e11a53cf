import type { DeviceKey } from '../../protocol/names.ts';
import type { AdmissionStore } from '../ports.ts';

/** Another collector may have revoked something, and certificates end by themselves: look this often. */
const LOOK_EVERY_MS = 10_000;

/** Devices whose agents may not speak any more, by whatever way: they have had certificates, and none is good. */
export interface Barred {
  has(device: DeviceKey): boolean;
  /** Looks now. Resolves when what was decided before counts; a store that does not answer is asked again later. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Holds them in memory: messages are measured against it one by one. The doors look at each certificate themselves; this
 * is for messages whose sender's certificate was seen by somebody else, a store's gateway or an external broker.
 */
export async function createBarred(
  admission: Pick<AdmissionStore, 'barred'>,
  now: () => number,
  onTrouble: (error: Error) => void,
): Promise<Barred> {
  let devices: ReadonlySet<DeviceKey> = new Set(await admission.barred(now()));
  let lastAsked = 0;
  const look = async () => {
    const asked = ++lastAsked;
    try {
      const found = await admission.barred(now());
      // An answer that was overtaken is of earlier.
      if (asked === lastAsked) devices = new Set(found);
    } catch (error) {
      onTrouble(error as Error);
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return { has: (device) => devices.has(device), look, close: () => clearInterval(timer) };
}
