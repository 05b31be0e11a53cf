import { device, integer, numbered, octets, type SimulatedDevice, system, table, text } from './device.ts';
import { interfaceTables, type SimulatedInterface } from './interfaces.ts';

const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const [CHASSIS, SENSOR, FAN] = [3, 8, 7];
const [CELSIUS, RPM, WATTS] = [8, 10, 6];
const STATIONS_PER_PORT = 2;

/** A port each, and no two of the same traffic: what is told of the wrong one shows. Each fourth has nobody on it. */
export const portsOf = (ports: number): SimulatedInterface[] =>
  Array.from({ length: ports }, (_, at) => {
    const port = at + 1;
    const isUp = port % 4 !== 0;
    return {
      name: `ge-0/${port}`,
      ...(port === 1 && { alias: 'Uplink' }),
      speedMbps: port === 1 ? 10_000 : 1000,
      isUp,
      in: isUp ? 20_000 * port : 0,
      out: isUp ? 35_000 * port : 0,
      inErrors: port === 2 ? 3 : 0,
    };
  });

/** A switch: its ports, sensors of its parts, who is beside it and behind it. */
export function simulatedSwitch(name: string, ports: number): SimulatedDevice {
  const sensors = numbered([
    { name: 'Inlet', type: CELSIUS, value: 31 },
    { name: 'Switch chip', type: CELSIUS, value: 58 },
    { name: 'Fan 1', type: RPM, value: 5200 },
    { name: 'Fan 2', type: RPM, value: 5100 },
    { name: 'Supply 1', type: WATTS, value: 84 },
  ]);
  const parts = numbered([
    ...Array.from(sensors.values(), ({ name, type }) => ({ name, kind: type === RPM ? FAN : SENSOR })),
    { name: 'Chassis', kind: CHASSIS },
  ]);
  const stations = new Map(
    Array.from({ length: ports * STATIONS_PER_PORT }, (_, at) => [
      `0.17.34.51.${at >> 8}.${at & 0xff}`,
      1 + Math.floor(at / STATIONS_PER_PORT),
    ]),
  );
  const neighbours = new Map([['0.1.1', { chassis: [0, 17, 34, 51, 68, 85], port: 'ge-0/48', name: 'core-1' }]]);
  return device(
    system(1, `Example switch, ${ports} ports, version 4.2`, name),
    interfaceTables(portsOf(ports)),
    table(ENTITY, parts, {
      2: (part) => text(part.name),
      5: ({ kind }) => integer(kind),
      7: (part) => text(part.name),
      10: () => text('4.2'),
      11: ({ kind }) => text(kind === CHASSIS ? `SN-${name}` : ''),
      13: ({ kind }) => text(kind === CHASSIS ? `EX-${ports}` : ''),
    }),
    table('1.3.6.1.2.1.99.1.1.1', sensors, {
      1: ({ type }) => integer(type),
      2: () => integer(9),
      3: () => integer(0),
      4: ({ value }) => integer(value),
      5: () => integer(1),
    }),
    // HOST-RESOURCES-MIB: its processor and memory.
    table('1.3.6.1.2.1.25.2.3.1', numbered([{ used: 300_000 }]), {
      2: () => ({ type: 'oid', value: '1.3.6.1.2.1.25.2.1.2' }),
      3: () => text('Physical memory'),
      4: () => integer(1024),
      5: () => integer(1_000_000),
      6: ({ used }) => integer(used),
    }),
    table('1.3.6.1.2.1.25.3.3.1', numbered([{ load: 17 }]), { 2: ({ load }) => integer(load) }),
    // LLDP-MIB: its ports, and one neighbour.
    table('1.0.8802.1.1.2.1.3.7.1', numbered(portsOf(ports)), { 2: () => integer(5), 3: (port) => text(port.name) }),
    table('1.0.8802.1.1.2.1.4.1.1', neighbours, {
      4: () => integer(4),
      5: ({ chassis }) => octets(...chassis),
      6: () => integer(5),
      7: ({ port }) => text(port),
      9: (neighbour) => text(neighbour.name),
    }),
    // BRIDGE-MIB: which port leads to whom.
    table('1.3.6.1.2.1.17.1.4.1', numbered(portsOf(ports)), { 2: (_, index) => integer(Number(index)) }),
    table('1.3.6.1.2.1.17.4.3.1', stations, {
      1: (_, index) => octets(...index.split('.').map(Number)),
      2: (port) => integer(port),
      3: () => integer(3),
    }),
    [['1.3.6.1.2.1.17.4.2.0', integer(300)]],
  );
}
