import type { DeviceKey } from '../../protocol/names.ts';

interface Newest {
  boot: string;
  seq: number;
}

/** The newest report of each device, so that one which was kept and comes after it is not taken for how things stand. */
export class Order {
  readonly #newest = new Map<DeviceKey, Newest>();

  /** Notes a report. True when a newer one of the device, of the same run of its agent, came before it. */
  isOvertaken(device: DeviceKey, boot: string, seq: number): boolean {
    const newest = this.#newest.get(device);
    if (newest?.boot === boot) {
      if (seq < newest.seq) return true;
      newest.seq = seq;
    } else this.#newest.set(device, { boot, seq });
    return false;
  }
}
