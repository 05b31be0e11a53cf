import { defineProfile } from '../profile.ts';
import { accton } from '../rules/accton.ts';

/** Edgecore, and what Accton sells by other names. */
const ACCTON = '1.3.6.1.4.1.259';
/** ES3510MA, ES3528M, ECS3528, ECS4510, ECS3510, ECS4210, ECS4120, ECS4100. */
const MODELS = ['8.1.11', '6.10.94', '10.1.22', '10.1.24', '10.1.27', '10.1.42', '10.1.45', '10.1.46'];

export const profile = defineProfile({
  name: 'edgecore',
  title: 'Edgecore',
  match: [{ sysObjectID: [`${ACCTON}.6`, `${ACCTON}.8`, `${ACCTON}.10`, `${ACCTON}.12`] }],
  identity: { kind: 'switch', vendor: 'Edgecore', model: [{ from: 'sysDescr', match: '\\b(E[CS]S?\\d{4}\\S*)' }] },
  models: MODELS.map((model) => ({ sysObjectID: `${ACCTON}.${model}`, ...accton(`${ACCTON}.${model}`) })),
});
