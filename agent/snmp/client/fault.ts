import type { Words } from '../../words.ts';

/** Why a device could not be asked, or its answer not be taken. */
export type FaultKind =
  /** No answer: away, or it does not know the community; a wrong key is often met with silence as well. */
  | 'timeout'
  /** The name is not known, or no road leads there. */
  | 'unreachable'
  | 'wrong-password'
  | 'unknown-user'
  | 'security-level'
  | 'wrong-key'
  | 'unknown-engine'
  | 'out-of-time'
  | 'unauthentic'
  | 'credentials'
  | 'too-big'
  | 'no-such-name'
  | 'device-error'
  | 'wrong-answer'
  /** A walk that does not get on. */
  | 'looping'
  | 'too-many-rows'
  | 'too-many-values'
  | 'too-long'
  | 'aborted'
  | 'closed';

const WORDS: Readonly<Record<FaultKind, Words>> = {
  timeout: {
    fr: 'ne répond pas\u202f: éteint, coupé, ou il n’accepte pas nos identifiants',
    en: 'does not answer: it is off, cut off, or does not accept our credentials',
  },
  unreachable: { fr: 'nom inconnu, ou aucune route n’y mène', en: 'its name is not known, or no road leads there' },
  'wrong-password': {
    fr: 'refuse le mot de passe d’authentification',
    en: 'refuses the password for authentication',
  },
  'unknown-user': { fr: 'ne connaît pas cet utilisateur', en: 'does not know this user' },
  'security-level': {
    fr: 'refuse ce niveau de sécurité pour cet utilisateur',
    en: 'refuses this level of security for the user',
  },
  'wrong-key': { fr: 'refuse le mot de passe de chiffrement', en: 'refuses the password for encryption' },
  'unknown-engine': { fr: 'refuse son propre identifiant de moteur', en: 'refuses its own engine’s id' },
  'out-of-time': {
    fr: 'l’heure de son moteur SNMP ne se laisse pas suivre',
    en: 'the time of its SNMP engine cannot be followed',
  },
  unauthentic: { fr: 'réponse mal signée', en: 'an answer with a wrong signature' },
  credentials: { fr: 'ses identifiants ne peuvent pas être lus', en: 'its credentials cannot be read' },
  'too-big': { fr: 'trouve même une seule valeur trop grande', en: 'finds even one value too big' },
  'no-such-name': { fr: 'ne connaît pas cet objet', en: 'does not know this object' },
  'device-error': { fr: 'répond par une erreur', en: 'answers with an error' },
  'wrong-answer': { fr: 'répond autre chose que ce qui est demandé', en: 'answers something else than what was asked' },
  looping: { fr: 'le parcours de cette colonne tourne en rond', en: 'the walk of this column goes in circles' },
  'too-many-rows': { fr: 'trop de lignes dans cette colonne', en: 'too many rows in this column' },
  'too-many-values': { fr: 'trop de valeurs en un seul parcours', en: 'too many values in one walk' },
  'too-long': { fr: 'le parcours dure trop longtemps', en: 'the walk takes too long' },
  aborted: { fr: 'la demande a été abandonnée', en: 'the request was given up' },
  closed: { fr: 'la session est fermée', en: 'the session is closed' },
};

/** Names the device and where known the OID; never holds a secret, nor anything the library wrote. */
export class SnmpFault extends Error {
  readonly kind: FaultKind;
  readonly device: string;
  readonly oid: string | undefined;
  readonly words: Words;

  /** @param detail What a person needs besides, in words of our own: the system's code, the file of a secret. */
  constructor(kind: FaultKind, device: string, { oid, detail }: { oid?: string; detail?: string } = {}) {
    const { fr, en } = WORDS[kind];
    const more = [oid, detail].filter((part) => part !== undefined).join(', ');
    const suffix = more === '' ? '' : ` (${more})`;
    super(`${device}: ${en}${suffix}`);
    this.name = 'SnmpFault';
    this.kind = kind;
    this.device = device;
    this.oid = oid;
    this.words = { fr: `${fr}${suffix}`, en: `${en}${suffix}` };
  }
}

/** The credentials are refused: asking again soon would only be refused again. */
export const isRefusal = ({ kind }: SnmpFault): boolean => REFUSALS.has(kind);
const REFUSALS: ReadonlySet<FaultKind> = new Set(['wrong-password', 'unknown-user', 'security-level', 'wrong-key']);
