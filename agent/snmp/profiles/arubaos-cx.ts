import { defineProfile } from '../profile.ts';
import { ENTITY_DESCR, ENTITY_NAME, ENTITY_SERIAL, ENTITY_SOFTWARE, IF_NAME } from '../rules/names.ts';

/** Aruba CX switches: the ARUBAWIRED MIBs. */
const WIRED = '1.3.6.1.4.1.47196.4.1.1.3';
/** ARUBAWIRED-POWERSUPPLY-MIB, -TEMPSENSOR-MIB, -FAN-MIB, -MODULE-MIB: their tables. */
const SUPPLY = `${WIRED}.11.2.1.1`;
const TEMPERATURE = `${WIRED}.11.3.1.1`;
const FAN = `${WIRED}.11.5.1.1`;
const MODULE = `${WIRED}.11.6.1.1`;
/** ARUBAWIRED-PM-MIB: arubaWiredPmXcvrDomTable, arubaWiredPmXcvrLaneDomTable. */
const OPTICS = `${WIRED}.27.1.2.1.1`;
const LANE = `${WIRED}.27.1.2.2.1`;
/** ARUBAWIRED-VSX-MIB, ARUBAWIRED-VSFv2-MIB. */
const VSX = `${WIRED}.7.2`;
const VSF = `${WIRED}.15.1`;
/** ENTITY-SENSOR-MIB. */
const ENTITY_SENSOR = '1.3.6.1.2.1.99.1.1.1';

export const profile = defineProfile({
  name: 'arubaos-cx',
  title: 'HPE Aruba CX',
  match: [{ sysObjectID: '1.3.6.1.4.1.47196.4.1.1.1' }],
  identity: {
    kind: 'switch',
    vendor: 'HPE Aruba',
    /** The first entity is the stack or chassis; not every version tells its class. */
    model: [`{${ENTITY_DESCR}}`, { from: 'sysDescr', match: ' (\\d{4,}\\S*)' }],
    version: [`{${ENTITY_SOFTWARE}}`, { from: 'sysDescr', match: '([A-Z]{2}\\.\\d{2}\\.\\d{2}\\.\\d{4}\\w*)' }],
    serial: [`{${ENTITY_SERIAL}}`],
  },
  sensors: [
    /** The table's least and greatest are what was once measured, and no limits. */
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.5}`,
      value: { oid: `${TEMPERATURE}.7`, scale: 0.001 },
    },
    { kind: 'temperature', name: `{${IF_NAME}} optics`, value: `${OPTICS}.2` },
    { kind: 'voltage', name: `{${IF_NAME}} optics`, value: `${OPTICS}.11` },
    { kind: 'current', name: `{${IF_NAME}@1} TX bias`, value: { oid: `${LANE}.2`, scale: 0.001 } },
    { kind: 'dbm', name: `{${IF_NAME}@1} lane {index.2} TX power`, value: { oid: `${LANE}.7`, as: 'dbm' } },
    { kind: 'dbm', name: `{${IF_NAME}@1} lane {index.2} RX power`, value: { oid: `${LANE}.12`, as: 'dbm' } },
    {
      kind: 'power',
      name: 'Power supply {index}',
      value: `${SUPPLY}.7`,
      limits: { high: { oid: `${SUPPLY}.8`, skip: [0] } },
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLY}.11`,
      states: {
        1: ['ok', 'ok'],
        2: ['absent', 'unknown'],
        3: ['input fault', 'critical'],
        4: ['output fault', 'critical'],
        5: ['PoE fault', 'critical'],
        6: ['fault without recovery', 'critical'],
        7: ['alert', 'critical'],
        8: ['unknown', 'unknown'],
        9: ['unsupported', 'unknown'],
        10: ['warning', 'warning'],
        11: ['starting', 'unknown'],
        12: ['empty', 'unknown'],
        13: ['airflow fault', 'critical'],
        14: ['redundancy fault', 'critical'],
        15: ['mixed inputs', 'critical'],
        16: ['voltage too high', 'critical'],
        17: ['voltage too low', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Fan {index}',
      value: `${FAN}.10`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['empty', 'ok'],
        3: ['not initialised', 'unknown'],
        4: ['ok', 'ok'],
        5: ['fault', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Module {index}',
      value: `${MODULE}.6`,
      states: {
        1: ['ready', 'ok'],
        2: ['empty', 'unknown'],
        3: ['down', 'critical'],
        4: ['failed', 'critical'],
        5: ['diagnostic', 'warning'],
        6: ['initialising', 'warning'],
        7: ['deinitialising', 'warning'],
        8: ['updating', 'warning'],
        9: ['present', 'warning'],
        10: ['failover', 'warning'],
        ready: ['ready', 'ok'],
        empty: ['empty', 'unknown'],
        down: ['down', 'critical'],
        failed: ['failed', 'critical'],
      },
    },
    {
      kind: 'state',
      name: `{${ENTITY_NAME}}`,
      value: `${ENTITY_SENSOR}.5`,
      states: { 1: ['ok', 'ok'], 2: ['unavailable', 'unknown'], 3: ['not ok', 'critical'] },
      /** Watts: a power supply. */
      skip: [{ oid: `${ENTITY_SENSOR}.1`, not: [6] }],
    },
    {
      kind: 'state',
      name: 'VSX inter-switch link',
      value: `${VSX}.1.1.0`,
      states: { 1: ['starting', 'unknown'], 2: ['out of sync', 'critical'], 3: ['in sync', 'ok'] },
    },
    {
      kind: 'state',
      name: 'VSX keepalive',
      value: `${VSX}.2.1.0`,
      states: {
        1: ['starting', 'unknown'],
        2: ['configured', 'unknown'],
        3: ['in sync', 'ok'],
        4: ['out of sync', 'warning'],
        5: ['starting, established', 'warning'],
        6: ['failed', 'critical'],
        7: ['stopped', 'critical'],
      },
    },
    /** Words or numbers, by the version. */
    {
      kind: 'state',
      name: 'VSF status',
      value: `${VSF}.1.1.0`,
      states: {
        0: ['no split', 'ok'],
        1: ['active fragment', 'warning'],
        2: ['inactive fragment', 'critical'],
        no_split: ['no split', 'ok'],
        fragment_active: ['active fragment', 'warning'],
        fragment_inactive: ['inactive fragment', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'VSF topology',
      value: `${VSF}.1.2.0`,
      states: {
        0: ['standalone', 'ok'],
        1: ['ring', 'ok'],
        2: ['chain', 'warning'],
        standalone: ['standalone', 'ok'],
        ring: ['ring', 'ok'],
        chain: ['chain', 'warning'],
      },
    },
    {
      kind: 'state',
      name: `Member {${VSF}.2.1.7} Status`,
      value: `${VSF}.2.1.3`,
      states: {
        10: ['not present', 'critical'],
        11: ['booting', 'warning'],
        12: ['ready', 'ok'],
        13: ['version mismatch', 'warning'],
        not_present: ['not present', 'critical'],
        booting: ['booting', 'warning'],
        ready: ['ready', 'ok'],
        version_mismatch: ['version mismatch', 'warning'],
      },
    },
  ],
});
