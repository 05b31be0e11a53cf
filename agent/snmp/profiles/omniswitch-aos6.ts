import { defineProfile } from '../profile.ts';
import { ENTITY_CLASS, ENTITY_SERIAL, IF_NAME } from '../rules/names.ts';
import { omniswitch } from '../rules/omniswitch.ts';

/** Alcatel-Lucent OmniSwitch, AOS 6 and before. */
const AOS6 = '1.3.6.1.4.1.6486.800';
/** ALCATEL-IND1-HEALTH-MIB: healthDeviceInfo. */
const HEALTH = `${AOS6}.1.2.1.16.1.1.1`;
/** ALCATEL-IND1-CHASSIS-MIB: chasChassisTable. */
const CHASSIS = `${AOS6}.1.1.1.3.1.1.3.1`;
/** ALCATEL-IND1-PORT-MIB: ddmInfoTable. */
const OPTICS = `${AOS6}.1.2.1.5.1.1.2.5.1`;

const MILLI = 0.001;
/** No transceiver, or one that does not send. */
const WITHOUT_BIAS = [{ oid: `${OPTICS}.11`, is: [0] }];

export const profile = defineProfile({
  name: 'omniswitch-aos6',
  title: 'Alcatel-Lucent OmniSwitch, AOS 6',
  match: [{ sysObjectID: AOS6 }],
  identity: {
    kind: 'switch',
    vendor: 'Alcatel-Lucent',
    model: [{ from: 'sysDescr', match: '\\b(OS\\S+)' }],
    version: [{ from: 'sysDescr', match: '(\\d+\\.\\d+\\.\\S*)' }],
    serial: [{ from: ENTITY_SERIAL, where: { oid: ENTITY_CLASS, is: '3' } }],
  },
  cpu: [{ name: 'Processor', used: `${HEALTH}.14.0` }],
  memory: [{ name: 'Memory', percent: `${HEALTH}.9.0` }],
  sensors: [
    ...omniswitch(AOS6, { certified: 5, told: 'port|Chassis|PS-1|PS-2' }),
    {
      kind: 'temperature',
      name: 'Chassis {index}',
      value: { oid: `${CHASSIS}.4`, skip: [0] },
      limits: { highWarning: `${CHASSIS}.5`, high: `${CHASSIS}.6` },
    },
    { kind: 'temperature', name: `{${IF_NAME}} optics`, value: { oid: `${OPTICS}.1`, scale: MILLI, skip: [0] } },
    { kind: 'voltage', name: `{${IF_NAME}} optics`, value: { oid: `${OPTICS}.6`, scale: MILLI, skip: [0] } },
    { kind: 'current', name: `{${IF_NAME}} TX bias`, value: { oid: `${OPTICS}.11`, scale: MILLI, skip: [0] } },
    {
      kind: 'dbm',
      name: `{${IF_NAME}} TX power`,
      value: { oid: `${OPTICS}.16`, scale: MILLI },
      skip: [...WITHOUT_BIAS, { below: -19999 }],
    },
    {
      kind: 'dbm',
      name: `{${IF_NAME}} RX power`,
      value: { oid: `${OPTICS}.21`, scale: MILLI },
      skip: [...WITHOUT_BIAS, { below: -19999 }],
    },
  ],
});
