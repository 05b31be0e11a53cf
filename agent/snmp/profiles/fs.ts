import { defineProfile } from '../profile.ts';
import { accton } from '../rules/accton.ts';
import { ruijie } from '../rules/ruijie.ts';

/** FS's switches are made by others, whose MIBs stand below its own number: Accton (S3900), Ruijie (S3410 and others). */
const FS = '1.3.6.1.4.1.52642';
const MADE = [accton(`${FS}.2.1.45`), ruijie(`${FS}.1.1.10.2`)];

export const profile = defineProfile({
  name: 'fs',
  title: 'FS',
  match: [{ sysObjectID: [FS, '1.3.6.1.4.1.27975'] }],
  identity: {
    kind: [{ kind: 'access-point', sysDescr: '\\bAP-\\w|access point' }, { kind: 'switch' }],
    vendor: 'FS',
    model: [...MADE.flatMap(({ identity }) => identity.model), { from: 'sysDescr', match: '\\b([NS]\\d{4}\\S*)' }],
    version: [
      ...MADE.flatMap(({ identity }) => identity.version),
      { from: 'sysDescr', match: 'Version (\\S+?)(?:,|\\s|$)' },
    ],
    serial: MADE.flatMap(({ identity }) => identity.serial),
  },
  cpu: MADE.flatMap(({ cpu }) => cpu),
  memory: MADE.flatMap(({ memory }) => memory),
  sensors: MADE.flatMap(({ sensors }) => sensors),
});
