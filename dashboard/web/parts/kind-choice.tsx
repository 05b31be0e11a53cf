import type { Signal } from '@preact/signals';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import { shared } from '../words/index.ts';

/** Which kind of device. */
export function KindChoice({ id, of }: { id: string; of: Signal<DeviceKind> }) {
  return (
    <select
      id={id}
      value={of.value}
      onChange={(event) => {
        of.value = event.currentTarget.value as DeviceKind;
      }}
    >
      {Object.entries(shared.value.deviceKinds).map(([kind, word]) => (
        <option key={kind} value={kind}>
          {word}
        </option>
      ))}
    </select>
  );
}
