import { defineProfile, type ModelRules } from '../profile.ts';

/** Western Digital's NAS: each model has the same MIB under a number of its own. */
const MY_CLOUD = '1.3.6.1.4.1.5127.1.1.1';
const MODELS: Readonly<Record<number, string>> = { 1: 'EX4', 2: 'EX2', 6: 'EX4100', 8: 'EX2 Ultra' };
const HIGHEST = 20;

/** Such as `Centigrade:37`. */
const CELSIUS = 'Centigrade: ?(-?\\d+)';

function rulesOf(number: number): ModelRules {
  const root = `${MY_CLOUD}.${number}`;
  const agent = `${root}.1`;
  const disk = `${agent}.10.1`;
  const model = MODELS[number];
  return {
    sysObjectID: root,
    identity: {
      model: model ? [`My Cloud ${model}`] : [],
      version: [{ from: `${agent}.2.0`, match: '^(\\S+)' }],
      serial: [],
    },
    cpu: [],
    memory: [],
    sensors: [
      { kind: 'temperature', name: 'System', value: { oid: `${agent}.7.0`, match: CELSIUS } },
      {
        kind: 'state',
        name: 'Fan',
        value: { oid: `${agent}.8.0`, match: ': *(\\w+)' },
        states: { running: ['running', 'ok'], stop: ['stopped', 'ok'] },
      },
      {
        kind: 'temperature',
        name: `Disk {${disk}.1} {${disk}.3}`,
        value: { oid: `${disk}.5`, match: CELSIUS },
      },
    ],
  };
}

export const profile = defineProfile({
  name: 'wd-mycloud',
  title: 'Western Digital My Cloud',
  match: [{ sysObjectID: MY_CLOUD }],
  models: Array.from({ length: HIGHEST }, (_, at) => rulesOf(at + 1)),
  identity: { kind: 'nas', vendor: 'Western Digital' },
});
