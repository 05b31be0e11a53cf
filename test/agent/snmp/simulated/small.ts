import { device, integer, numbered, oid, type SimulatedDevice, system, table, text } from './device.ts';
import { interfaceTables } from './interfaces.ts';

/** An access point: a cable and its radios. */
export const simulatedAccessPoint = (name: string): SimulatedDevice =>
  device(
    system(4, 'Example access point, Wi-Fi 6', name),
    interfaceTables(
      ['eth0', 'radio0', 'radio1', 'guest0', 'guest1', 'bridge0'].map((interfaceName, at) => ({
        name: interfaceName,
        speedMbps: 1000,
        isUp: true,
        in: 30_000 * (at + 1),
        out: 50_000 * (at + 1),
      })),
    ),
  );

/** Any other thing with a network card: a recorder, a scale, a display. */
export const simulatedHost = (name: string): SimulatedDevice =>
  device(
    system(5, 'Example box', name),
    interfaceTables([{ name: 'eth0', speedMbps: 1000, isUp: true, in: 4000, out: 3000 }]),
    table('1.3.6.1.2.1.25.2.3.1', numbered([{ name: '/data', used: 600_000 }]), {
      2: () => oid('1.3.6.1.2.1.25.2.1.4'),
      3: (disk) => text(disk.name),
      4: () => integer(4096),
      5: () => integer(1_000_000),
      6: ({ used }) => integer(used),
    }),
    table('1.3.6.1.2.1.25.3.3.1', numbered([12, 31]), { 2: (load) => integer(load) }),
  );
