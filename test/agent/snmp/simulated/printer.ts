import { counter32, device, integer, octets, oid, type SimulatedDevice, system, table, text } from './device.ts';
import { interfaceTables } from './interfaces.ts';

const HOST = '1.3.6.1.2.1.25';
const PRINTER = '1.3.6.1.2.1.43';
const [IDLE, RUNNING, CLOSED] = [3, 2, 4];
const TONER = 3;
const [CONSUMED, PERCENT] = [3, 19];

/** A laser printer, by Printer-MIB and HOST-RESOURCES-MIB; it prints a page every five seconds. */
export function simulatedPrinter(name: string): SimulatedDevice {
  const self = new Map([['1', name]]);
  const part = new Map([['1.1', name]]);
  const toners = new Map(
    ['Black', 'Cyan', 'Magenta', 'Yellow'].map((colour, at) => [`1.${at + 1}`, { colour, left: 80 - 15 * at }]),
  );
  return device(
    system(3, 'Example printer, colour', name),
    interfaceTables([{ name: 'eth0', speedMbps: 100, isUp: true, in: 2400, out: 1100 }]),
    table(`${HOST}.3.2.1`, self, {
      2: () => oid(`${HOST}.3.1.5`),
      3: () => text('Example Laser C40'),
      5: () => integer(RUNNING),
    }),
    table(`${HOST}.3.5.1`, self, { 1: () => integer(IDLE), 2: () => octets(0) }),
    table(`${PRINTER}.5.1.1`, self, { 16: () => text('Laser C40'), 17: () => text(`SN-${name}`) }),
    table(`${PRINTER}.6.1.1`, part, { 2: () => text('Front'), 3: () => integer(CLOSED) }),
    table(`${PRINTER}.10.2.1`, part, { 4: () => counter32(0.2) }),
    table(`${PRINTER}.11.1.1`, toners, {
      4: () => integer(CONSUMED),
      5: () => integer(TONER),
      6: ({ colour }) => text(`${colour} toner`),
      7: () => integer(PERCENT),
      8: () => integer(100),
      9: ({ left }) => integer(left),
    }),
  );
}
