import type { DeviceKey } from '../../protocol/names.ts';

/** Devices as small whole numbers, from 1. */
export class DeviceNumbers {
  readonly #numbers = new Map<DeviceKey, number>();
  readonly #keys: (DeviceKey | undefined)[] = [];

  /** Takes a number that was given in an earlier run. */
  restore(key: DeviceKey, number: number): void {
    this.#numbers.set(key, number);
    this.#keys[number] = key;
  }

  get count(): number {
    return this.#numbers.size;
  }

  find(key: DeviceKey): number | undefined {
    return this.#numbers.get(key);
  }

  /** The device's number, a new one if it has none yet. */
  numberOf(key: DeviceKey): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = Math.max(1, this.#keys.length);
    this.restore(key, number);
    return number;
  }

  /** Of a number that was given. */
  keyOf(number: number): DeviceKey {
    return this.#keys[number] as DeviceKey;
  }

  forget(number: number): void {
    this.#numbers.delete(this.keyOf(number));
    this.#keys[number] = undefined;
  }
}
