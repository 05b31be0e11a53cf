import { type Static, type TSchema, Type } from 'typebox';
import type { Locale } from '../../protocol/inventory.ts';

/** One sentence in both languages. */
export type Words = Record<Locale, string>;

interface Kind {
  status: number;
  words: Words;
}

const kind = (status: number, en: string, fr: string): Kind => ({ status, words: { en, fr } });

/** Everything the server can refuse or fail at. A code never changes its meaning; the sentence is for people. */
export const ERRORS = {
  'bad-request': kind(400, 'The request is not well formed.', 'La requête est mal formée.'),
  invalid: kind(
    400,
    'Some values are not as expected: see the details.',
    'Certaines valeurs ne conviennent pas\u202f: voir le détail.',
  ),
  unauthenticated: kind(
    401,
    'A token is needed: sign in, or send it in the Authorization header.',
    'Un jeton est nécessaire\u202f: connectez-vous ou envoyez-le dans l’en-tête Authorization.',
  ),
  'wrong-signature': kind(
    401,
    'This message is not signed as it must be.',
    'Ce message n’est pas signé comme il le doit.',
  ),
  'wrong-token': kind(401, 'This token is not known here.', 'Ce jeton n’est pas connu ici.'),
  forbidden: kind(403, 'Your role does not allow this.', 'Votre rôle ne le permet pas.'),
  'foreign-origin': kind(
    403,
    'This change comes from another site’s page.',
    'Cette modification vient de la page d’un autre site.',
  ),
  refused: kind(403, 'This is not served.', 'Ceci n’est pas servi.'),
  'not-found': kind(404, 'There is nothing at this address.', 'Il n’y a rien à cette adresse.'),
  'no-such-store': kind(404, 'There is no such store.', 'Ce magasin n’existe pas.'),
  'no-such-device': kind(404, 'There is no such device.', 'Cet équipement n’existe pas.'),
  'no-such-incident': kind(404, 'There is no such incident.', 'Cet incident n’existe pas.'),
  'notes-changed': kind(
    409,
    'Somebody has written in this review since you read it: read it again.',
    'Quelqu’un a écrit dans cette revue depuis que vous l’avez lue\u202f: relisez-la.',
  ),
  'no-such-action': kind(
    404,
    'This device allows no such action.',
    'Cet équipement ne permet aucune action de ce nom.',
  ),
  'no-such-command': kind(404, 'There is no such command.', 'Cette commande n’existe pas.'),
  'no-such-ticket': kind(
    404,
    'There is no such service desk, or no such incident.',
    'Il n’y a pas de centre de services de ce nom, ou pas d’incident de ce numéro.',
  ),
  'no-such-ticket-work': kind(
    404,
    'There is no such abandoned ticket work.',
    'Il n’y a pas d’envoi de ticket abandonné sous ce numéro.',
  ),
  'no-such-certificate': kind(
    404,
    'There is no such certificate, or it was revoked before.',
    'Ce certificat n’existe pas, ou il a déjà été révoqué.',
  ),
  'no-such-enrol-token': kind(
    404,
    'There is no such enrolment token, or it was revoked before.',
    'Ce jeton d’enrôlement n’existe pas, ou il a déjà été révoqué.',
  ),
  'no-such-stranger': kind(
    404,
    'No such machine waits to be admitted.',
    'Aucune machine n’attend d’être admise sous ce numéro.',
  ),
  'no-such-find': kind(
    404,
    'No machine was found there, or it is in the inventory already.',
    'Aucune machine n’y a été trouvée, ou elle est déjà dans l’inventaire.',
  ),
  'no-such-calendar': kind(404, 'There is no calendar of this name.', 'Il n’y a pas de calendrier de ce nom.'),
  'calendar-refused': kind(
    422,
    'This calendar cannot be read; nothing was changed.',
    'Ce calendrier ne peut pas être lu\u202f; rien n’a été modifié.',
  ),
  'no-such-window': kind(404, 'There is no such maintenance window.', 'Cette fenêtre de maintenance n’existe pas.'),
  'no-such-backtest': kind(
    404,
    'There is no such replay: answers are kept for an hour.',
    'Ce rejeu n’existe pas\u202f: les réponses sont gardées une heure.',
  ),
  'backtest-running': kind(
    409,
    'Another replay is at work: wait for it, or cancel it.',
    'Un autre rejeu est en cours\u202f: attendez-le ou annulez-le.',
  ),
  'backtest-refused': kind(
    422,
    'This cannot be replayed: see the details.',
    'Ceci ne peut pas être rejoué\u202f: voir le détail.',
  ),
  'window-not-now': kind(
    409,
    'This window does not take place just now: remove it, or change it.',
    'Cette fenêtre n’a pas lieu en ce moment\u202f: supprimez-la ou modifiez-la.',
  ),
  'window-refused': kind(
    422,
    'This window cannot take place; nothing was changed.',
    'Cette fenêtre ne peut pas avoir lieu\u202f; rien n’a été modifié.',
  ),
  'no-such-revision': kind(
    404,
    'There is no such earlier revision of the rules, or it is no longer kept.',
    'Cette révision antérieure des règles n’existe pas, ou n’est plus conservée.',
  ),
  'rules-changed': kind(
    409,
    'Somebody changed the rules meanwhile: look at them again.',
    'Quelqu’un a modifié les règles entre-temps\u202f: relisez-les.',
  ),
  'rules-refused': kind(
    422,
    'These rules cannot be read; nothing was changed.',
    'Ces règles ne peuvent pas être lues\u202f; rien n’a été modifié.',
  ),
  'name-taken': kind(409, 'This store has another device of that name.', 'Ce magasin a déjà un équipement de ce nom.'),
  'no-credential': kind(
    409,
    'The agent does not tell with which of its credentials this machine answers.',
    'L’agent ne dit pas avec lesquels de ses identifiants cette machine répond.',
  ),
  'agent-untold': kind(
    409,
    'It is in the inventory now, but its agent could not be told: its settings keep being changed. Accept it again under the same name.',
    'Il est maintenant dans l’inventaire, mais son agent n’a pas pu être prévenu : ses réglages changent sans cesse. Acceptez-le de nouveau sous le même nom.',
  ),
  'agent-own-file': kind(
    409,
    'This agent takes its devices from its own file: add the line there, then the device to the inventory.',
    'Cet agent prend ses équipements dans son propre fichier\u202f: ajoutez-y la ligne, puis l’équipement à l’inventaire.',
  ),
  'agents-off': kind(
    404,
    'This server has no door for agents: add the section "agents" to its configuration.',
    'Ce serveur n’a pas de porte pour les agents : ajoutez la section « agents » à sa configuration.',
  ),
  'device-not-in-inventory': kind(
    409,
    'The inventory has no such device: import it, or say in "add" what it is.',
    'L’inventaire n’a pas cet équipement : importez-le, ou dites ce qu’il est dans « add ».',
  ),
  'request-timeout': kind(408, 'The request took too long to arrive.', 'La requête a mis trop longtemps à arriver.'),
  'device-offline': kind(
    409,
    'This device is not there: nothing was sent, and nothing will be.',
    'Cet équipement n’est pas joignable\u202f: rien n’a été envoyé, et rien ne le sera.',
  ),
  'incident-elsewhere': kind(
    409,
    'This incident is another store’s than the device.',
    'Cet incident est celui d’un autre magasin que l’équipement.',
  ),
  'incident-resolved': kind(409, 'This incident is already resolved.', 'Cet incident est déjà résolu.'),
  'incident-not-merged': kind(
    409,
    'Only an open incident of the same store can take it in.',
    'Seul un autre incident ouvert du même magasin peut l’accueillir.',
  ),
  'incident-not-split': kind(
    409,
    'Name some of the alerts that fire in it, and not all of them.',
    'Nommez une partie des alertes en cours de l’incident, et pas toutes.',
  ),
  'incident-not-reopened': kind(
    409,
    'Only an incident resolved a short while ago, and not merged into another one, is reopened.',
    'Seul un incident résolu depuis peu, et qui n’a pas été regroupé avec un autre, peut être rouvert.',
  ),
  'no-such-release': kind(
    404,
    'There is no such release for this platform.',
    'Cette version n’existe pas pour ce système.',
  ),
  'no-such-rollout': kind(409, 'No rollout could take this state.', 'Aucun déploiement ne peut prendre cet état.'),
  'release-exists': kind(409, 'There is this version already.', 'Cette version existe déjà.'),
  'release-file-missing': kind(
    409,
    'Not all executables of this version were uploaded.',
    'Les exécutables de cette version ne sont pas tous envoyés.',
  ),
  'rollout-running': kind(
    409,
    'Another rollout is under way, or is still being taken back: abort it, or wait a minute.',
    'Un déploiement est en cours, ou son retrait n’est pas fini\u202f: arrêtez-le, ou attendez une minute.',
  ),
  'release-malformed': kind(422, 'This is no release of an agent.', 'Ce n’est pas une version d’agent.'),
  'release-file-wrong': kind(
    422,
    'This is not the executable that was signed.',
    'Ce n’est pas l’exécutable qui a été signé.',
  ),
  'too-large': kind(413, 'The request is too large.', 'La requête est trop volumineuse.'),
  'address-too-long': kind(414, 'The address is too long.', 'L’adresse est trop longue.'),
  'not-json': kind(415, 'The body must be application/json.', 'Le corps doit être en application/json.'),
  'wrong-range': kind(416, 'The file has no such range.', 'Le fichier n’a pas cet intervalle.'),
  'wrong-host': kind(
    421,
    'This server answers to localhost only: open it under that name.',
    'Ce serveur ne répond qu’au nom localhost\u202f: ouvrez-le sous ce nom.',
  ),
  'no-such-config-version': kind(
    404,
    'There is no such version of this scope.',
    'Cette portée n’a pas de version de ce numéro.',
  ),
  'config-changed': kind(
    409,
    'Somebody changed these settings meanwhile: look at them again.',
    'Quelqu’un a modifié ces réglages entre-temps\u202f: relisez-les.',
  ),
  'config-refused': kind(
    422,
    'Agents could not take these settings; nothing was changed.',
    'Les agents ne pourraient pas appliquer ces réglages\u202f; rien n’a été modifié.',
  ),
  'inventory-refused': kind(
    422,
    'The inventory contradicts itself; nothing was changed.',
    'L’inventaire se contredit\u202f; rien n’a été modifié.',
  ),
  'too-many-requests': kind(
    429,
    'Too many requests: wait a moment and try again.',
    'Trop de requêtes\u202f: patientez un instant puis réessayez.',
  ),
  'headers-too-large': kind(431, 'The headers are too large.', 'Les en-têtes sont trop volumineux.'),
  internal: kind(
    500,
    'Something went wrong here; it has been written in the log.',
    'Une erreur s’est produite ici\u202f; elle est consignée dans le journal.',
  ),
  'cannot-keep': kind(
    503,
    'This could not be written to disk and was not done: the server’s log says why.',
    'Ceci n’a pas pu être écrit sur le disque et n’a pas été fait\u202f: le journal du serveur dit pourquoi.',
  ),
  'not-followed': kind(
    503,
    'This could not be followed just now: send it again.',
    'Ceci n’a pas pu être suivi pour l’instant\u202f: envoyez-le de nouveau.',
  ),
  'too-many-readers': kind(
    503,
    'Too many pages follow the live stream: close some and try again.',
    'Trop de pages suivent le direct\u202f: fermez-en puis réessayez.',
  ),
  'took-too-long': kind(503, 'The answer took too long.', 'La réponse a mis trop longtemps.'),
} as const satisfies Record<string, Kind>;

export type ErrorCode = keyof typeof ERRORS;

/** Where a value is wrong, and how. */
export interface Fault {
  path: string;
  message: string | Words;
}

/** A refusal with its code; whoever answers finds the status and the words. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  /** Seconds after which to try again, where that is known. */
  readonly retryAfterS: number | undefined;
  constructor(code: ErrorCode, options: { faults?: readonly Fault[]; retryAfterS?: number } = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.retryAfterS = options.retryAfterS;
  }
}

/** The one shape of every refusal and failure. */
export const ErrorBody = Type.Object(
  {
    error: Type.Object({
      code: Type.Enum(Object.keys(ERRORS) as ErrorCode[], { description: 'Never changes its meaning.' }),
      message: Type.String({ description: 'For people, in the language of Accept-Language: French or English.' }),
      details: Type.Optional(
        Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
          description: 'What is wrong, and where.',
        }),
      ),
    }),
  },
  { title: 'Failure', description: 'A refusal or a failure.' },
);
export type ErrorBody = Static<typeof ErrorBody>;

/** The body that tells an error to a reader of this language. */
export function errorBody(code: ErrorCode, locale: Locale, faults: readonly Fault[] = []): ErrorBody {
  const details = faults.map(({ path, message }) => ({
    path,
    message: typeof message === 'string' ? message : message[locale],
  }));
  return { error: { code, message: ERRORS[code].words[locale], ...(details.length > 0 && { details }) } };
}

/** Response schemas of a route: what it gives, and the one shape of everything else. */
export const answers = <Given extends TSchema>(given: Given) => ({ 200: given, '4xx': ErrorBody, '5xx': ErrorBody });

/** Response schemas of a route that gives nothing back. */
export const answersNothing = (description: string) => ({
  204: Type.Null({ description }),
  '4xx': ErrorBody,
  '5xx': ErrorBody,
});
