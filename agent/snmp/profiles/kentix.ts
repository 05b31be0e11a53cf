import { defineProfile, type SensorRule } from '../profile.ts';

/** KENTIXDEVICES: the MultiSensors on an AlarmManager, sixteen of them, or those of one alone. */
const KENTIX = '1.3.6.1.4.1.37954';
const SENSORS = Array.from({ length: 16 }, (_, at) => `${KENTIX}.1.2.${at + 1}`);
const ALONE = [`${KENTIX}.2.1`, `${KENTIX}.3.1`];

const TENTH = 0.1;
/** A sensor that is not configured has no name. */
const unnamed = (sensor: string) => [{ oid: `${sensor}.1.0`, is: [''], missing: true }];

export const profile = defineProfile({
  name: 'kentix',
  title: 'Kentix',
  match: [{ sysObjectID: [KENTIX, '1.3.6.1.4.1.332.11.6'] }],
  identity: { kind: 'environment', vendor: 'Kentix', model: [{ from: 'sysDescr', match: '(Kentix.*)' }] },
  sensors: [
    ...SENSORS.flatMap((sensor): SensorRule[] => [
      {
        kind: 'temperature',
        name: `{${sensor}.1.0}`,
        value: { oid: `${sensor}.2.0`, scale: TENTH },
        skip: unnamed(sensor),
      },
      {
        kind: 'humidity',
        name: `{${sensor}.1.0}`,
        value: { oid: `${sensor}.3.0`, scale: TENTH },
        skip: unnamed(sensor),
      },
      {
        kind: 'state',
        name: `{${sensor}.1.0} leakage`,
        value: `${sensor}.7.0`,
        states: { 0: ['none', 'ok'], 1: ['alarm', 'critical'] },
        skip: unnamed(sensor),
      },
      {
        kind: 'state',
        name: `{${sensor}.1.0} communication`,
        value: `${sensor}.10.0`,
        states: { 0: ['ok', 'ok'], 1: ['error', 'critical'] },
        skip: unnamed(sensor),
      },
    ]),
    // Value, lowest and highest allowed.
    ...ALONE.flatMap((sensor): SensorRule[] => [
      {
        kind: 'temperature',
        name: 'Temperature',
        value: { oid: `${sensor}.1.1`, scale: TENTH },
        limits: {
          lowWarning: { oid: `${sensor}.1.2`, scale: TENTH },
          highWarning: { oid: `${sensor}.1.3`, scale: TENTH },
        },
      },
      {
        kind: 'humidity',
        name: 'Humidity',
        value: { oid: `${sensor}.2.1`, scale: TENTH },
        limits: {
          lowWarning: { oid: `${sensor}.2.2`, scale: TENTH },
          highWarning: { oid: `${sensor}.2.3`, scale: TENTH },
        },
      },
    ]),
  ],
});
