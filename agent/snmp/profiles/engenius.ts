import { defineProfile } from '../profile.ts';

// SENAO-ENTERPRISE-INDOOR-AP-CB-MIB
const SENAO = '1.3.6.1.4.1.14125';
const SYSTEM = `${SENAO}.100.1`;

export const profile = defineProfile({
  name: 'engenius',
  title: 'EnGenius access points',
  match: [{ sysObjectID: [`${SENAO}.100`, `${SENAO}.101`, `${SENAO}.2`, `${SENAO}.3`] }],
  identity: {
    kind: 'access-point',
    vendor: 'EnGenius',
    // they tell their model as the name they leave the factory with
    model: [
      `{sysName} v{${SYSTEM}.6.0}`,
      `{sysName}{${SENAO}.3.1.1.5.0}`,
      { from: 'sysName', match: '^((?:EnGenius )?E\\S+)$' },
    ],
    version: [`Kernel {${SYSTEM}.8.0} / Apps {${SYSTEM}.9.0}`, `Firmware {${SENAO}.2.1.1.5.0}`],
    serial: [`{${SYSTEM}.7.0}`],
  },
});
