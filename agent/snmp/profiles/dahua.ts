import { defineProfile, type TrapRule } from '../profile.ts';
import { WINDOWS } from '../rules/windows.ts';

/** DAHUA-SNMP-MIB. */
const DAHUA = '1.3.6.1.4.1.1004849';
const DEVICE = `${DAHUA}.2`;
const SYSTEM = `${DEVICE}.1`;
const PRODUCT = `${SYSTEM}.2`;
const VOLUME = `${DEVICE}.4.1.1`;
const PRODUCTS = `${DEVICE}.10`;
const NOTIFICATION = `${DEVICE}.11`;
/** action: whether what is told begins or ends; logicNo: which volume. */
const ACTION = `{${DEVICE}.12.1}`;
const VOLUME_NUMBER = `{${VOLUME}.3}`;

const storageTrap = (number: number, severity: TrapRule['severity'], fr: string, en: string): TrapRule => ({
  oid: `${NOTIFICATION}.13.${number}`,
  title: { fr: `${fr} ${VOLUME_NUMBER} (${ACTION})`, en: `${en} ${VOLUME_NUMBER} (${ACTION})` },
  severity,
  key: VOLUME_NUMBER,
});

export const profile = defineProfile({
  name: 'dahua',
  title: 'Dahua',
  match: [{ sysObjectID: DAHUA }, { sysDescr: 'dahua' }, { notSysObjectID: WINDOWS, has: { oid: `${PRODUCT}.6.0` } }],
  identity: {
    kind: [
      { kind: 'nvr', sysObjectID: [`${PRODUCTS}.1`, `${PRODUCTS}.2`] },
      { kind: 'camera', sysObjectID: `${PRODUCTS}.3` },
      { kind: 'nvr', has: { oid: `${PRODUCT}.7.0`, is: '[NDCX]VR|EVS' } },
      { kind: 'nvr', has: { oid: `${PRODUCT}.6.0`, is: '[NDCX]VR|EVS' } },
      { kind: 'camera' },
    ],
    vendor: 'Dahua',
    model: [`{${PRODUCT}.6.0}`],
    version: [`{${SYSTEM}.1.1.0}`],
    serial: [`{${PRODUCT}.4.0}`],
  },
  cpu: [{ name: 'CPU Usage', used: `${SYSTEM}.3.0` }],
  storage: [{ name: `{${VOLUME}.4}`, percent: `${VOLUME}.6` }],
  sensors: [
    {
      kind: 'state',
      name: 'Device Status',
      value: `${PRODUCT}.8.0`,
      states: { 0: ['Bad', 'critical'], 1: ['Good', 'ok'] },
    },
    {
      kind: 'state',
      name: `Volume {${VOLUME}.4}`,
      value: `${VOLUME}.5`,
      states: {
        normal: ['Normal', 'ok'],
        ok: ['OK', 'ok'],
        good: ['Good', 'ok'],
        active: ['Active', 'ok'],
        readwrite: ['Read and write', 'ok'],
        readonly: ['Read only', 'ok'],
        full: ['Full', 'ok'],
        abnormal: ['Abnormal', 'critical'],
        error: ['Error', 'critical'],
        bad: ['Bad', 'critical'],
        failure: ['Failure', 'critical'],
      },
    },
  ],
  traps: [
    {
      oid: `${NOTIFICATION}.11.3`,
      title: { fr: `Image perdue (${ACTION})`, en: `Video lost (${ACTION})` },
      severity: 'warning',
    },
    storageTrap(1, 'critical', 'Panne du stockage', 'Storage failed'),
    storageTrap(2, 'warning', 'Stockage presque plein', 'Storage almost full'),
    storageTrap(4, 'critical', 'Disque en fin de vie (SMART)', 'Disk about to fail (SMART)'),
  ],
});
