import type { DiscoverWords } from './discover-en.ts';

const s = (count: number) => (count > 1 ? 's' : '');

export const discoverFr: DiscoverWords = {
  usage: 'dites où chercher\u202f: vigie discover 10.1.0.0/24 [--config=/etc/vigie/agent.yaml]',
  noConfig: 'dites quel agent cherche\u202f: --config=agent.yaml, le fichier de l’agent de cette machine',
  noSnmp: (file) =>
    `${file} n’a pas de section «\u202fsnmp\u202f»\u202f: elle dit comment interroger les équipements (credentials), et où il est permis d’en chercher (discovery)`,
  notAllowed: (file, range) =>
    `chercher des équipements n’est pas permis\u202f: ${file} n’a pas de snmp.discovery. Pour le permettre, y écrire\n\nsnmp:\n  discovery:\n    ranges: ['${range}']\n    credentials: [NOM]   # de snmp.credentials`,
  progress: (percent, answering) =>
    `${percent} parcouru, ${answering} équipement${s(answering)} ${answering > 1 ? 'répondent' : 'répond'} …`,
  interrupted: 'abandonné\u202f; on ne sait rien',
  title: (range, seconds) => `${range}, parcouru en ${seconds}`,
  nothing: 'Rien ne répond.',
  states: { new: 'nouveau', known: 'connu', gone: 'disparu' },
  columns: {
    state: '',
    address: 'Adresse',
    name: 'Nom',
    kind: 'Genre',
    model: 'Modèle',
    serial: 'Numéro de série',
    credential: 'Identifiants',
  },
  also: (addresses) => `aussi ${addresses}`,
  moved: (host) => `configuré en ${host}`,
  refusing: (addresses) => `Répond, mais refuse tous les identifiants\u202f: ${addresses}`,
  counts: (fresh, known, gone) =>
    `${fresh} ${fresh > 1 ? 'nouveaux' : 'nouveau'}, ${known} connu${s(known)}, ${gone} disparu${s(gone)}`,
  toAdd: (file) => `Pour surveiller ce qui est nouveau, ajouter à ${file}\u202f:`,
};
