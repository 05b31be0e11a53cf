import { defineProfile } from '../profile.ts';

const HOST = '1.3.6.1.2.1.25';

/** hrStorageTable, and hrStorageType's values. */
const STORAGE = `${HOST}.2.3.1`;
const TYPE = `${HOST}.2.1`;
const OTHER = `${TYPE}.1`;
const RAM = `${TYPE}.2`;
const VIRTUAL_MEMORY = `${TYPE}.3`;
const REMOVABLE = [`${TYPE}.5`, `${TYPE}.6`, `${TYPE}.7`];
const NETWORK_DISK = `${TYPE}.10`;
const MEMORY_SIZE_KB = `${HOST}.2.2.0`;

/** hrDeviceTable, hrProcessorTable, hrPrinterTable. */
const DEVICE = `${HOST}.3.2.1`;
const PROCESSOR_LOAD = `${HOST}.3.3.1.2`;
const PRINTER = `${HOST}.3.1.5`;
const PRINTER_ERRORS = `${HOST}.3.5.1.2`;

/** What an agent says of a CPU that it has no name for. */
const NAMELESS = 'unknown processor type|an electronic chip';
/** FreeBSD's agents count the pages in use here, and give no whole to compare them with. */
const REAL_MEMORY = 'real memory metrics';
const KERNEL_POOLS = 'MALLOC|UMA|procfs|/proc';
/** File systems of the kernel's own making, and read-only images that are always full. BSDs tell device and place. */
const KERNEL_PLACE = '/(dev|proc|sys|run|kern|snap)(/|,|$)';
const NO_STORE = `^(?!.*mounted on:)${KERNEL_PLACE}|mounted on: ${KERNEL_PLACE}|^/var/dhcpd/dev(/|,|$)|^/var/lib/(docker|containers|kubelet)/`;
const NO_FILE_SYSTEM = '(dev|proc|fdesc|lin(proc|sys))fs|UMA|MALLOC|packages|on: /jail';

const inBytes = (column: number) => ({ oid: `${STORAGE}.${column}`, scale: `${STORAGE}.4`, as: 'unsigned' }) as const;
const reclaimable = (name: string) => ({ value: inBytes(6), where: { oid: `${STORAGE}.3`, is: name } });

/** HOST-RESOURCES-MIB, RFC 2790. */
export const profile = defineProfile({
  name: 'host-resources',
  title: 'HOST-RESOURCES-MIB',
  match: 'any',
  rank: 0,
  cpu: [
    {
      name: `{${DEVICE}.3}`,
      used: PROCESSOR_LOAD,
      skip: [{ oid: `${DEVICE}.3`, matches: NAMELESS }, { above: 100 }, { below: 0 }],
    },
    {
      name: 'Processor {index}',
      used: PROCESSOR_LOAD,
      skip: [{ oid: `${DEVICE}.3`, matches: `^(?!${NAMELESS})`, missing: true }, { above: 100 }, { below: 0 }],
    },
  ],
  memory: [
    {
      name: `{${STORAGE}.3}`,
      used: inBytes(6),
      total: inBytes(5),
      reclaimable: [reclaimable('^Memory buffers$'), reclaimable('^Cached memory$')],
      skip: [
        { oid: `${STORAGE}.2`, not: [RAM] },
        { oid: `${STORAGE}.3`, matches: `${KERNEL_POOLS}|${REAL_MEMORY}` },
      ],
    },
    {
      name: `{${STORAGE}.3}`,
      used: inBytes(6),
      total: { oid: MEMORY_SIZE_KB, scale: 1024 },
      skip: [
        { oid: `${STORAGE}.2`, not: [RAM] },
        { oid: `${STORAGE}.3`, matches: `^(?!.*${REAL_MEMORY})` },
      ],
    },
    {
      // Net-SNMP's sum of memory and swap space counts the cache as used; Windows' of the same name does not
      name: `{${STORAGE}.3}`,
      used: inBytes(6),
      total: inBytes(5),
      skip: [
        { oid: `${STORAGE}.2`, not: [VIRTUAL_MEMORY] },
        { oid: `${STORAGE}.3`, is: ['Virtual memory'] },
        { oid: `${STORAGE}.3`, matches: KERNEL_POOLS },
      ],
    },
  ],
  storage: [
    {
      name: `{${STORAGE}.3}`,
      used: inBytes(6),
      total: inBytes(5),
      skip: [
        { oid: `${STORAGE}.2`, is: [OTHER, RAM, VIRTUAL_MEMORY, ...REMOVABLE, NETWORK_DISK] },
        { oid: `${STORAGE}.3`, matches: `${NO_STORE}|${NO_FILE_SYSTEM}` },
      ],
    },
  ],
  sensors: [
    {
      kind: 'state',
      name: 'Printer Device Status',
      value: `${DEVICE}.5`,
      skip: [{ oid: `${DEVICE}.2`, not: [PRINTER], missing: true }],
      states: {
        1: ['unknown', 'unknown'],
        2: ['running', 'ok'],
        3: ['warning', 'warning'],
        4: ['testing', 'ok'],
        5: ['down', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Printer Error Status',
      value: PRINTER_ERRORS,
      bits: [
        ['low paper', 'warning'],
        ['no paper', 'critical'],
        ['low toner', 'warning'],
        ['no toner', 'critical'],
        ['door open', 'critical'],
        ['jammed', 'critical'],
        ['offline', 'critical'],
        ['service requested', 'critical'],
        // one tray of several, or a date that has passed, keeps nobody from printing
        ['input tray missing', 'ok'],
        ['output tray missing', 'ok'],
        ['marker supply missing', 'warning'],
        ['output nearly full', 'ok'],
        ['output full', 'warning'],
        ['input tray empty', 'ok'],
        ['maintenance overdue', 'ok'],
      ],
    },
  ],
});
