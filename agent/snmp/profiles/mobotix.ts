import { defineProfile } from '../profile.ts';

/** MOBOTIX-MIB: what the camera measures of itself. */
const MOBOTIX = '1.3.6.1.4.1.21701';
const STATUS = `${MOBOTIX}.2.7`;
const NONE = [-1000];

export const profile = defineProfile({
  name: 'mobotix',
  title: 'Mobotix',
  match: [{ sysObjectID: MOBOTIX }, { sysDescr: 'mobotix' }],
  identity: { kind: 'camera', vendor: 'Mobotix' },
  sensors: [
    { kind: 'temperature', name: 'Camera', value: { oid: `${STATUS}.2.1.1.0`, skip: NONE } },
    { kind: 'temperature', name: 'Outside', value: { oid: `${STATUS}.2.2.1.0`, skip: NONE } },
    { kind: 'temperature', name: 'GPS', value: { oid: `${STATUS}.2.4.1.0`, skip: NONE } },
    { kind: 'light', name: 'Illumination right', value: { oid: `${STATUS}.3.1.0`, skip: NONE } },
    { kind: 'light', name: 'Illumination left', value: { oid: `${STATUS}.3.2.0`, skip: NONE } },
    { kind: 'count', name: 'Frames per second', value: { oid: `${STATUS}.5.1.2.0`, skip: NONE } },
  ],
  storage: [{ name: 'Recording', percent: { oid: `${MOBOTIX}.2.3.8.0`, skip: [-1] } }],
});
