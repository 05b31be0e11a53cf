import { defineProfile } from '../profile.ts';
import { fastpath, ITEM_STATES } from '../rules/fastpath.ts';
import { ENTITY_CLASS, ENTITY_SERIAL, ENTITY_SOFTWARE } from '../rules/names.ts';

/** Netgear's managed (10) and smart (11) switches: FASTPATH under two roots. */
const NETGEAR = '1.3.6.1.4.1.4526';
/** A socket for a redundant supply that is not used says that it is off; that is no fault. */
const STATES = {
  ...ITEM_STATES,
  1: ['not present', 'ok'],
  4: ['powering', 'unknown'],
  5: ['no power', 'unknown'],
  6: ['not powering', 'unknown'],
} as const;
const lines = [fastpath(`${NETGEAR}.10`, STATES), fastpath(`${NETGEAR}.11`, STATES)];
const CHASSIS = { oid: ENTITY_CLASS, is: '3' };

export const profile = defineProfile({
  name: 'netgear',
  title: 'Netgear',
  match: [{ sysObjectID: `${NETGEAR}.100` }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: '\\bW(?:N|A)\\w+\\d|access point' },
      { kind: 'nas', sysDescr: 'ReadyNAS' },
      { kind: 'switch' },
    ],
    vendor: 'Netgear',
    model: [
      { from: 'sysDescr', match: '^(\\S+) .*, [\\d.]+,' },
      ...lines.flatMap(({ identity }) => identity.model),
      { from: 'sysDescr', match: '^(\\S+)' },
    ],
    version: [
      { from: ENTITY_SOFTWARE, where: CHASSIS },
      { from: 'sysDescr', match: ', ([\\d.]+),' },
      ...lines.flatMap(({ identity }) => identity.version),
    ],
    serial: [{ from: ENTITY_SERIAL, where: CHASSIS }, ...lines.flatMap(({ identity }) => identity.serial)],
  },
  cpu: lines.flatMap(({ cpu }) => cpu),
  memory: lines.flatMap(({ memory }) => memory),
  sensors: lines.flatMap(({ sensors }) => sensors),
});
