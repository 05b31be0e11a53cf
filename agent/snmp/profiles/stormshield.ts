import { defineProfile } from '../profile.ts';
import type { SensorStatus } from '../reading.ts';

const STORMSHIELD = '1.3.6.1.4.1.11256';
/** STORMSHIELD-PROPERTY-MIB, in its place since version 4 and in that of before. */
const PROPERTY = `${STORMSHIELD}.1.18`;
const OLD_PROPERTY = `${STORMSHIELD}.1.0`;
/** STORMSHIELD-SYSTEM-MONITOR-MIB: the power supplies. */
const SUPPLY = `${STORMSHIELD}.1.10.6.1.3`;
/** STORMSHIELD-HA-MIB: the nodes of a cluster, and their power supplies by node. */
const HA = `${STORMSHIELD}.1.11`;
const NODE = `${HA}.7.1`;
const NODE_SUPPLY = `${HA}.10.1.3`;
const POWER: Readonly<Record<string, readonly [string, SensorStatus]>> = {
  OK: ['ok', 'ok'],
  failed: ['failed', 'critical'],
  missing: ['missing', 'unknown'],
};

export const profile = defineProfile({
  name: 'stormshield',
  title: 'Stormshield Network Security',
  match: [{ sysObjectID: STORMSHIELD }, { sysDescr: '^NS-BSD' }],
  identity: {
    kind: 'firewall',
    vendor: 'Stormshield',
    model: [`{${PROPERTY}.1.0}`, `{${OLD_PROPERTY}.1.0}`],
    version: [`{${PROPERTY}.2.0}`, `{${OLD_PROPERTY}.2.0}`],
    serial: [`{${PROPERTY}.3.0}`, `{${OLD_PROPERTY}.3.0}`, { from: 'sysDescr', match: '^NS-BSD (\\S+)' }],
  },
  sensors: [
    {
      kind: 'state',
      name: `Cluster node {${NODE}.2}`,
      value: `${NODE}.3`,
      states: { 1: ['online', 'ok'], 2: ['offline', 'critical'] },
    },
    { kind: 'quality', name: `Cluster node {${NODE}.2}`, value: `${NODE}.7` },
    { kind: 'state', name: 'Power supply {index}', value: SUPPLY, states: POWER },
    { kind: 'state', name: `{${NODE}.2@1} power supply {index.2}`, value: NODE_SUPPLY, states: POWER },
  ],
});
