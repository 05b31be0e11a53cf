import { defineProfile, type SensorRule } from '../profile.ts';

/** AXIS-VIDEO-MIB. */
const AXIS = '1.3.6.1.4.1.368';
const OBJECTS = `${AXIS}.4.1`;
const POWER_SUPPLY = `${OBJECTS}.1.1`;
const FAN = `${OBJECTS}.2.1`;
const TEMPERATURE = `${OBJECTS}.3.1`;
const VIDEO = `${OBJECTS}.4.1`;
const AUDIO = `${OBJECTS}.5.1`;
const CASING = `${OBJECTS}.6.1`;
const STORAGE = `${OBJECTS}.8.1`;
/** alarmNew, alarmCleared and alarmSingle, each with an id, a name and a text. */
const NOTIFICATION = `${AXIS}.4.2`;
const ALARM = `{${NOTIFICATION}.2} {${NOTIFICATION}.3}`;
const ALARM_ID = `{${NOTIFICATION}.1}`;

/** Tables are indexed by where a part is, then by its number. */
const PLACES = [
  ['', 1],
  ['housing ', 2],
  ['rack ', 3],
  ['CPU ', 4],
] as const;
const POWER_PLACES = [
  ['', 1],
  ['internal ', 2],
  ['external ', 3],
] as const;

const TEMPERATURE_STATES = {
  1: ['Normal', 'ok'],
  2: ['Failed', 'critical'],
  3: ['Out of bounds', 'critical'],
} as const;
const PART_STATES = { 1: ['Normal', 'ok'], 2: ['Failed', 'critical'] } as const;

const partSensors = (): SensorRule[] => [
  ...PLACES.flatMap(([place, code]): SensorRule[] => [
    {
      kind: 'state',
      name: `Temperature Sensor ${place}{index}`,
      value: `${TEMPERATURE}.3.${code}`,
      states: TEMPERATURE_STATES,
    },
    { kind: 'temperature', name: `Temperature Sensor ${place}{index}`, value: `${TEMPERATURE}.4.${code}` },
    { kind: 'state', name: `Fan ${place}{index}`, value: `${FAN}.3.${code}`, states: PART_STATES },
  ]),
  ...POWER_PLACES.map(
    ([place, code]): SensorRule => ({
      kind: 'state',
      name: `Power supply ${place}{index}`,
      value: `${POWER_SUPPLY}.3.${code}`,
      states: PART_STATES,
    }),
  ),
];

/** `; AXIS P1375; Network Camera; 10.1.0; …`: product, what it is, version. */
const DESCRIBED = '(AXIS [^;]+);\\s*[^;]+;\\s*([\\d.]+)';

export const profile = defineProfile({
  name: 'axis',
  title: 'Axis',
  match: [{ sysObjectID: `${AXIS}.1` }, { sysDescr: DESCRIBED }],
  identity: {
    kind: [
      { kind: 'appliance', sysDescr: 'audio|speaker|horn|siren|intercom|door station|connectivity hub|radar' },
      { kind: 'nvr', sysDescr: 'recorder' },
      { kind: 'camera' },
    ],
    vendor: 'Axis',
    model: [{ from: 'sysDescr', match: DESCRIBED }],
    version: [{ from: 'sysDescr', match: DESCRIBED, as: '$2' }],
    // Axis's serial number is the MAC address.
    serial: [{ from: '1.3.6.1.2.1.2.2.1.6', octets: 'hex', match: '^(?!0{12})([0-9a-f]{12})$' }],
  },
  cpu: [{ name: 'CPU', used: `${OBJECTS}.100.3.1.0` }],
  sensors: [
    ...partSensors(),
    {
      kind: 'state',
      name: 'Video signal {index}',
      value: `${VIDEO}.2`,
      states: { 1: ['Signal', 'ok'], 2: ['No signal', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Audio signal {index}',
      value: `${AUDIO}.2`,
      states: { 1: ['Signal', 'ok'], 2: ['No signal', 'warning'] },
    },
    {
      kind: 'state',
      name: `Casing {${CASING}.2}`,
      value: `${CASING}.3`,
      states: { 1: ['Closed', 'ok'], 2: ['Open', 'warning'] },
    },
    { kind: 'state', name: `Storage Status: {${STORAGE}.2}`, value: `${STORAGE}.3`, states: PART_STATES },
  ],
  traps: [
    {
      oid: `${NOTIFICATION}.0.1`,
      title: { fr: `Alarme de la caméra\u202f: ${ALARM}`, en: `Camera alarm: ${ALARM}` },
      severity: 'warning',
      key: ALARM_ID,
    },
    {
      oid: `${NOTIFICATION}.0.2`,
      title: { fr: `Fin d’alarme de la caméra\u202f: ${ALARM}`, en: `Camera alarm over: ${ALARM}` },
      severity: 'clears',
      clears: `${NOTIFICATION}.0.1`,
      key: ALARM_ID,
    },
    {
      oid: `${NOTIFICATION}.0.3`,
      title: { fr: `Événement de la caméra\u202f: ${ALARM}`, en: `Camera event: ${ALARM}` },
      severity: 'info',
    },
  ],
});
