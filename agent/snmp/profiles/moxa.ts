import { defineProfile, type ModelRules } from '../profile.ts';
import { IF_DESCR } from '../rules/names.ts';

/** Moxa's EtherDevice switches: each model has the same MIB under a number of its own. */
const MOXA = '1.3.6.1.4.1.8691.7';
const MODELS = [69, 70, 71, 85, 86, 108, 114, 116, 117, 162];

function rulesOf(number: number): ModelRules {
  const sysObjectID = `${MOXA}.${number}`;
  const model = `${sysObjectID}.1`;
  return {
    sysObjectID,
    identity: {
      model: [`{${model}.2.0}`],
      version: [{ from: `${model}.4.0`, match: 'V?(\\S+)' }],
      serial: [`{${model}.78.0}`],
    },
    cpu: [{ name: 'Processor', used: `${model}.53.0` }],
    memory: [{ name: 'Memory', total: `${model}.56.0`, free: `${model}.57.0`, used: `${model}.58.0` }],
    sensors: [
      { kind: 'power', name: 'Power used', value: `${model}.10.8.0` },
      { kind: 'power', name: `{${IF_DESCR}} PoE`, value: `${model}.40.6.1.2` },
      { kind: 'voltage', name: `{${IF_DESCR}} optics`, value: `${model}.10.11.1.4` },
      { kind: 'temperature', name: `{${IF_DESCR}} optics`, value: `${model}.10.11.1.5` },
      { kind: 'dbm', name: `{${IF_DESCR}} TX power`, value: `${model}.10.11.1.7` },
      { kind: 'dbm', name: `{${IF_DESCR}} RX power`, value: `${model}.10.11.1.9` },
      { kind: 'temperature', name: `{${IF_DESCR}} optics`, value: `${model}.10.7.1.3` },
      { kind: 'voltage', name: `{${IF_DESCR}} optics`, value: `${model}.10.7.1.4` },
      { kind: 'dbm', name: `{${IF_DESCR}} TX power`, value: `${model}.10.7.1.5` },
      { kind: 'dbm', name: `{${IF_DESCR}} RX power`, value: `${model}.10.7.1.6` },
    ],
  };
}

export const profile = defineProfile({
  name: 'moxa',
  title: 'Moxa EtherDevice',
  match: [{ sysObjectID: MOXA }],
  identity: { kind: 'switch', vendor: 'Moxa', model: [{ from: 'sysDescr', match: '(?:MOXA )?(\\S+)' }] },
  models: MODELS.map(rulesOf),
});
