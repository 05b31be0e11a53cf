import { device, integer, numbered, type SimulatedDevice, system, table, text } from './device.ts';
import { interfaceTables } from './interfaces.ts';

const UPS = '1.3.6.1.2.1.33.1';
const [BATTERY_NORMAL, OUTPUT_NORMAL] = [2, 3];

/** A UPS on mains, by UPS-MIB. */
export function simulatedUps(name: string): SimulatedDevice {
  const lines = numbered([{ volts: 231, load: 34 }]);
  return device(
    system(2, 'Example UPS, 3000 VA', name),
    interfaceTables([{ name: 'eth0', speedMbps: 100, isUp: true, in: 900, out: 700 }]),
    [
      [`${UPS}.1.1.0`, text('Example')],
      [`${UPS}.1.2.0`, text('UPS 3000')],
      [`${UPS}.1.3.0`, text('1.7')],
      [`${UPS}.2.1.0`, integer(BATTERY_NORMAL)],
      [`${UPS}.2.2.0`, integer(0)],
      [`${UPS}.2.3.0`, integer(46)],
      [`${UPS}.2.4.0`, integer(100)],
      [`${UPS}.2.5.0`, integer(545)],
      [`${UPS}.2.6.0`, integer(0)],
      [`${UPS}.2.7.0`, integer(26)],
      [`${UPS}.4.1.0`, integer(OUTPUT_NORMAL)],
      [`${UPS}.4.2.0`, integer(500)],
      [`${UPS}.6.1.0`, { type: 'gauge', value: 0 }],
    ],
    table(`${UPS}.3.3.1`, lines, { 2: () => integer(500), 3: ({ volts }) => integer(volts) }),
    table(`${UPS}.4.4.1`, lines, {
      2: ({ volts }) => integer(volts),
      3: () => integer(41),
      4: () => integer(940),
      5: ({ load }) => integer(load),
    }),
  );
}
