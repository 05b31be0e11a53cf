import { defineProfile } from '../profile.ts';

const CPQ = '1.3.6.1.4.1.232';
/** CPQHOST-MIB: what the host's agents tell their iLO; megabytes. */
const HOST = `${CPQ}.11.2`;
const MEGABYTE = 1_048_576;
const FILE_SYSTEM = `${HOST}.4.1.1`;
/** cpqSm2CntlrRomRevision. */
const FIRMWARE = `${CPQ}.9.2.2.2.0`;

/** The management board itself; the health of its server is read as of any ProLiant. */
export const profile = defineProfile({
  name: 'hpe-ilo',
  title: 'HPE iLO',
  match: [{ sysObjectID: `${CPQ}.9.4` }, { sysDescr: 'Integrated Lights-Out' }],
  identity: {
    kind: 'bmc',
    vendor: 'HPE',
    version: [{ from: 'sysDescr', match: 'Integrated Lights-Out (?:\\d )?([\\d.]+)' }, `{${FIRMWARE}}`],
  },
  cpu: [{ name: 'CPU {index}', used: { oid: `${HOST}.3.1.1.2`, skip: [-1] } }],
  memory: [
    { name: 'Physical Memory', free: `${HOST}.13.2.0`, total: `${HOST}.13.1.0`, unit: MEGABYTE },
    { name: 'Paging Memory', free: `${HOST}.13.4.0`, total: `${HOST}.13.3.0`, unit: MEGABYTE },
  ],
  storage: [{ name: `{${FILE_SYSTEM}.2}`, used: `${FILE_SYSTEM}.4`, total: `${FILE_SYSTEM}.3`, unit: MEGABYTE }],
});
