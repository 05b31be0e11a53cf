import type { Snapshot } from '../evaluate/snapshot.ts';
import type { Interface } from '../reading.ts';
import { hexOf } from '../value.ts';

// IF-MIB ifTable and ifXTable.
const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const COLUMN = {
  descr: `${IF_ENTRY}.2`,
  type: `${IF_ENTRY}.3`,
  speed: `${IF_ENTRY}.5`,
  mac: `${IF_ENTRY}.6`,
  adminStatus: `${IF_ENTRY}.7`,
  operStatus: `${IF_ENTRY}.8`,
  name: `${IF_X_ENTRY}.1`,
  highSpeed: `${IF_X_ENTRY}.15`,
  alias: `${IF_X_ENTRY}.18`,
} as const;

export const INTERFACE_OIDS = {
  fast: [COLUMN.adminStatus, COLUMN.operStatus],
  slow: [COLUMN.descr, COLUMN.type, COLUMN.speed, COLUMN.mac, COLUMN.name, COLUMN.highSpeed, COLUMN.alias],
};

const STATUSES = ['unknown', 'up', 'down', 'testing', 'unknown', 'dormant', 'notPresent', 'lowerLayerDown'] as const;
const DISABLED = 2;
/** What a 32-bit ifSpeed says of any that is faster. */
const FASTER = 4_294_967_295;
const MEGABIT = 1_000_000;
/** Ten terabits, in Mbit/s: who tells more of ifHighSpeed tells it in bit/s, as ifSpeed is. */
const FASTEST = 10_000_000;

export function readInterfaces(snapshot: Snapshot): Interface[] {
  const rows = snapshot.rows(COLUMN.operStatus).filter(({ index }) => /^\d{1,10}$/.test(index));
  return rows.map(({ index }) => {
    const text = (column: string) => snapshot.text(`${column}.${index}`);
    const number = (column: string) => snapshot.number(`${column}.${index}`);
    const [alias, type, speedBps, mac] = [
      text(COLUMN.alias),
      number(COLUMN.type),
      speedOf(number(COLUMN.highSpeed), number(COLUMN.speed)),
      macOf(snapshot, index),
    ];
    return {
      index: Number(index),
      name: text(COLUMN.name) || text(COLUMN.descr) || index,
      ...(alias && { alias }),
      status: STATUSES[number(COLUMN.operStatus) ?? 0] ?? 'unknown',
      isEnabled: number(COLUMN.adminStatus) !== DISABLED,
      ...(speedBps && { speedBps }),
      ...(type !== undefined && { type }),
      ...(mac && { mac }),
    };
  });
}

/** ifHighSpeed is in Mbit/s, rounded, and 0 where it is too coarse; ifSpeed tells a slow line exactly. */
function speedOf(highSpeed: number | undefined, speed: number | undefined): number | undefined {
  const exact = speed === FASTER ? undefined : speed;
  if (!highSpeed || highSpeed > FASTEST) return exact;
  const rounded = highSpeed * MEGABIT;
  return exact !== undefined && Math.abs(exact - rounded) <= MEGABIT / 2 ? exact : rounded;
}

function macOf(snapshot: Snapshot, index: string): string | undefined {
  const address = snapshot.get(`${COLUMN.mac}.${index}`);
  return address?.value instanceof Uint8Array && address.value.length === 6 ? hexOf(address.value, ':') : undefined;
}
