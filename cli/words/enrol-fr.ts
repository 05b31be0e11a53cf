import type { EnrolWords } from './enrol-en.ts';

export const enrolFr: EnrolWords = {
  server: '--server\u202f: il manque où s’enrôler\u202f: https://hôte:8443, comme l’a dit « vigie token create »',
  tokenMissing: 'il manque le jeton d’enrôlement\u202f: donnez-le dans --token ou VIGIE_ENROL_TOKEN',
  waiting: (why) => `En attente\u202f: ${why}… (Ctrl-C pour renoncer\u202f; la même commande reprendra plus tard)`,
  done: (device, until) =>
    `Enrôlé comme ${device}\u202f; le certificat vaut jusqu’au ${until} et se renouvelle seul. Lancez l’agent\u202f: vigie agent`,
  already: (device, until) =>
    `cet équipement est enrôlé comme ${device} jusqu’au ${until}\u202f; --force l’enrôle de nouveau`,
  otherIdentity: (asked, identity) =>
    `la configuration dit ${asked}, mais cet équipement est enrôlé comme ${identity}\u202f: enrôlez-le de nouveau, ou corrigez la configuration`,
  tokenUsage:
    'dites quoi faire\u202f: vigie token create --chain=… --store=… --kind=till, vigie token list, vigie token revoke ID',
  tokenMade: (until) => `Valable jusqu’au ${until}. Il n’est montré que cette fois. Sur l’équipement\u202f:`,
  tokenRevoked: (id) => `Le jeton ${id} est révoqué.`,
  tokenStates: { good: 'valable', spent: 'épuisé', expired: 'expiré', revoked: 'révoqué' },
  noTokens: 'Il n’y a pas de jeton d’enrôlement.',
  authorityUsage: 'dites quoi faire\u202f: vigie authority export --dir=DOSSIER [--names=broker.example]',
  exported: (files) => `Écrit\u202f: ${files}`,
  failed: {
    token: () => 'ce n’est pas un jeton d’enrôlement\u202f: il commence par « vigie- » et se copie en entier',
    unreachable: (server, why) => `pas de réponse de ${server}\u202f: ${why}`,
    stranger: (server, why) => `${server} n’est pas le serveur de ce jeton, rien ne lui a été dit\u202f: ${why}`,
    name: (server, why) =>
      `${server} ne répond pas sous ce nom\u202f: prenez un nom de son certificat, ou ajoutez celui-ci à agents.names du serveur\u202f; si c’est la passerelle d’un magasin qui répond, indiquez-la dans l’inventaire comme passerelle de cet équipement (${why})`,
    refused: (_server, why) => `pas enrôlé\u202f: ${why}`,
  },
};
