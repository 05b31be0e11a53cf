import { defineProfile, type SensorRule } from '../profile.ts';

/** TERACOM-TCW220-MIB and TERACOM-TCW241-MIB: eight sensors, of which each has one or two values. */
const MODELS = ['1.3.6.1.4.1.38783.2', '1.3.6.1.4.1.38783.3'];
const SENSORS = [1, 2, 3, 4, 5, 6, 7, 8];

const MILLI = 0.001;
/** Nothing connected. */
const UNTOLD = [-2147483648, 2147483647];

export const profile = defineProfile({
  name: 'teracom',
  title: 'Teracom',
  match: [{ sysObjectID: '1.3.6.1.4.1.38783' }, { sysDescr: 'teracom' }],
  identity: {
    kind: 'environment',
    vendor: 'Teracom',
    model: [{ from: 'sysDescr', match: '(TCW\\d\\w*)' }],
    version: [{ from: 'sysDescr', match: '\\bv([\\d.]+)' }],
  },
  sensors: MODELS.flatMap((model) =>
    SENSORS.flatMap((sensor): SensorRule[] => [
      {
        kind: 'temperature',
        name: `Sensor ${sensor}`,
        value: { oid: `${model}.3.1.${sensor}.1.0`, scale: MILLI, skip: UNTOLD },
      },
      {
        // Its second value; 0 where there is none.
        kind: 'humidity',
        name: `Sensor ${sensor}`,
        value: { oid: `${model}.3.1.${sensor}.2.0`, scale: MILLI, skip: [0, ...UNTOLD] },
      },
    ]),
  ),
});
