import { counter32, counter64, type Entries, gauge, integer, numbered, octets, table, text, ticks } from './device.ts';

export interface SimulatedInterface {
  name: string;
  alias?: string;
  speedMbps: number;
  isUp: boolean;
  /** Octets per second. */
  in: number;
  out: number;
  /** Per second. */
  inErrors?: number;
}

const ETHERNET = 6;
const OCTETS_OF_A_PACKET = 500;

/** IF-MIB's ifTable and ifXTable. */
export function interfaceTables(interfaces: readonly SimulatedInterface[]): Entries {
  const rows = numbered(interfaces);
  const packets = (perSecond: number) => counter32(Math.round(perSecond / OCTETS_OF_A_PACKET));
  const packets64 = (perSecond: number) => counter64(Math.round(perSecond / OCTETS_OF_A_PACKET));
  return [
    ['1.3.6.1.2.1.2.1.0', integer(interfaces.length)] as const,
    ...table('1.3.6.1.2.1.2.2.1', rows, {
      1: (_, index) => integer(Number(index)),
      2: ({ name }) => text(`Port ${name}`),
      3: () => integer(ETHERNET),
      4: () => integer(1500),
      5: ({ speedMbps }) => gauge(Math.min(speedMbps * 1e6, 4_294_967_295)),
      6: (_, index) => octets(2, 0, 0, 0, Number(index) >> 8, Number(index) & 0xff),
      7: () => integer(1),
      8: ({ isUp }) => integer(isUp ? 1 : 2),
      9: () => ticks(1200),
      10: (each) => counter32(each.in),
      11: (each) => packets(each.in),
      13: () => counter32(0),
      14: ({ inErrors = 0 }) => counter32(inErrors),
      16: ({ out }) => counter32(out),
      17: ({ out }) => packets(out),
      19: () => counter32(0),
      20: () => counter32(0),
    }),
    ...table('1.3.6.1.2.1.31.1.1.1', rows, {
      1: ({ name }) => text(name),
      2: () => counter32(1),
      3: () => counter32(1),
      6: (each) => counter64(each.in),
      7: (each) => packets64(each.in),
      8: () => counter64(1),
      9: () => counter64(1),
      10: ({ out }) => counter64(out),
      11: ({ out }) => packets64(out),
      15: ({ speedMbps }) => gauge(speedMbps),
      18: ({ alias = '' }) => text(alias),
      19: () => ticks(0),
    }),
    ['1.3.6.1.2.1.31.1.5.0', ticks(0)] as const,
  ];
}
