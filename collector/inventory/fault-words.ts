import type { Locale } from '../../protocol/inventory.ts';

/** What is said of a fault. The place is said before it, so no sentence repeats it. */
const en = {
  missing: 'is missing',
  unknownKey: (known: string) => `is not known here; expected one of: ${known}`,
  badKey: 'is no good name for an attribute or a date',
  wrongType: (expected: FaultType, found: string) => `expected ${TYPES.en[expected]}, found ${found}`,
  quoteIt: (found: string) => `expected text, found ${found}; put it in quotes`,
  oneOf: (allowed: string, found: string) => `expected one of: ${allowed}; found ${found}`,
  name: (found: string) =>
    `expected letters, digits, dots, underscores and hyphens, 64 at most, a letter or digit first; found ${found}`,
  span: (found: string) => `expected opening hours such as 08:30-20:00, found ${found}`,
  date: (found: string) => `expected a date such as 2029-12-31, found ${found}`,
  pattern: (pattern: string, found: string) => `expected text like ${pattern}, found ${found}`,
  empty: 'must not be empty',
  tooLong: (limit: number) => `is too long: ${limit} characters at most`,
  tooMany: (limit: number) => `has too many entries: ${limit} at most`,
  tooSmall: (limit: number, found: string) => `expected ${limit} or more, found ${found}`,
  tooBig: (limit: number, found: string) => `expected ${limit} or less, found ${found}`,
  invalid: (why: string) => `is not valid: ${why}`,

  chainTwice: (name: string) => `another chain is already called “${name}”`,
  storeTwice: (name: string) => `another store of this chain is already called “${name}”`,
  deviceTwice: (name: string) => `another device of this store is already called “${name}”`,
  laneTwice: (lane: number, device: string) => `lane ${lane} is already that of “${device}”`,
  gatewayUnknown: (name: string) => `no device of this store is called “${name}”; expected the name of its gateway`,
  gatewaySelf: 'a device cannot be its own gateway; leave it out when the device has its own agent',
  gatewayWatched: (name: string, by: string) =>
    `“${name}” is itself watched by “${by}”; expected a device that has its own agent`,
  timeZone: (found: string) => `“${found}” is no time zone; expected an IANA name such as Europe/Paris`,
  spanEmpty: (span: string) => `${span} lasts no time; a whole day is 00:00-24:00`,
  spansOverlap: (first: string, second: string) => `${first} and ${second} overlap`,
  spanIntoNextDay: (span: string, next: string, day: string) => `${span} runs into ${next} of the next day (${day})`,
  noSuchDate: (date: string) => `there is no ${date} in the calendar`,
  listUnknown: (name: string, known: string) => `there is no holiday list “${name}”; expected one of: ${known}`,

  notYaml: (why: string) => `this is not YAML: ${why}`,

  noText: 'the file is empty; expected a line of column names and a line per device',
  noRows: 'there is no device in the file; expected a line per device after the column names',
  notUtf8: 'the text is not UTF-8; save the sheet as “CSV UTF-8”',
  quotes:
    'the quotes in this line do not match; a cell with quotes or separators stands in double quotes, and a quote in it is written twice',
  columnMissing: (column: string) => `there is no column “${column}”`,
  columnUnknown: (column: string, known: string) =>
    `the column “${column}” is not known; expected ${known}, store.… or device.…`,
  columnTwice: (column: string) => `the column “${column}” is there twice`,
  tooManyCells: (found: number, expected: number) => `has ${found} cells, but there are ${expected} columns`,
  differs: (found: string, line: number, before: string) => `found “${found}”, but line ${line} says “${before}”`,
  hoursDay: (found: string) => `expected days such as mon-sat, or a date such as 2026-12-25; found “${found}”`,
  hoursSpan: (found: string) => `expected hours such as 08:30-20:00, or “closed”; found “${found}”`,
  hoursTwice: (day: string) => `${day} is there twice`,
};

export type FaultWords = typeof en;

const fr: FaultWords = {
  missing: 'manque',
  unknownKey: (known) => `n’est pas connu ici\u202f; attendu\u202f: ${known}`,
  badKey: 'ne convient pas comme nom d’attribut ou comme date',
  wrongType: (expected, found) => `attendu\u202f: ${TYPES.fr[expected]}\u202f; trouvé\u202f: ${found}`,
  quoteIt: (found) => `attendu\u202f: du texte\u202f; trouvé\u202f: ${found}\u202f; mettez-le entre guillemets droits`,
  oneOf: (allowed, found) => `attendu\u202f: ${allowed}\u202f; trouvé\u202f: ${found}`,
  name: (found) =>
    `attendu\u202f: des lettres sans accent, chiffres, points, tirets bas et traits d’union, 64 au plus, en commençant par une lettre ou un chiffre\u202f; trouvé\u202f: ${found}`,
  span: (found) => `attendu\u202f: des horaires comme 08:30-20:00\u202f; trouvé\u202f: ${found}`,
  date: (found) => `attendu\u202f: une date comme 2029-12-31\u202f; trouvé\u202f: ${found}`,
  pattern: (pattern, found) => `attendu\u202f: un texte de la forme ${pattern}\u202f; trouvé\u202f: ${found}`,
  empty: 'ne peut pas être vide',
  tooLong: (limit) => `est trop long\u202f: ${limit} caractères au plus`,
  tooMany: (limit) => `a trop d’éléments\u202f: ${limit} au plus`,
  tooSmall: (limit, found) => `attendu\u202f: ${limit} ou plus\u202f; trouvé\u202f: ${found}`,
  tooBig: (limit, found) => `attendu\u202f: ${limit} ou moins\u202f; trouvé\u202f: ${found}`,
  invalid: (why) => `n’est pas valable\u202f: ${why}`,

  chainTwice: (name) => `une autre enseigne s’appelle déjà «\u202f${name}\u202f»`,
  storeTwice: (name) => `un autre magasin de cette enseigne s’appelle déjà «\u202f${name}\u202f»`,
  deviceTwice: (name) => `un autre équipement de ce magasin s’appelle déjà «\u202f${name}\u202f»`,
  laneTwice: (lane, device) => `la ligne de caisse ${lane} est déjà celle de «\u202f${device}\u202f»`,
  gatewayUnknown: (name) =>
    `aucun équipement de ce magasin ne s’appelle «\u202f${name}\u202f»\u202f; attendu\u202f: le nom de sa passerelle`,
  gatewaySelf: 'un équipement ne peut pas être sa propre passerelle\u202f; ne mettez rien s’il a son propre agent',
  gatewayWatched: (name, by) =>
    `«\u202f${name}\u202f» est lui-même surveillé par «\u202f${by}\u202f»\u202f; attendu\u202f: un équipement qui a son propre agent`,
  timeZone: (found) =>
    `«\u202f${found}\u202f» n’est pas un fuseau horaire\u202f; attendu\u202f: un nom IANA comme Europe/Paris`,
  spanEmpty: (span) => `${span} ne dure rien\u202f; une journée entière s’écrit 00:00-24:00`,
  spansOverlap: (first, second) => `${first} et ${second} se chevauchent`,
  spanIntoNextDay: (span, next, day) => `${span} déborde sur ${next} du lendemain (${day})`,
  noSuchDate: (date) => `le ${date} n’existe pas dans le calendrier`,
  listUnknown: (name, known) =>
    `il n’y a pas de liste de jours fériés «\u202f${name}\u202f»\u202f; attendu\u202f: ${known}`,

  notYaml: (why) => `ce n’est pas du YAML\u202f: ${why}`,

  noText: 'le fichier est vide\u202f; attendu\u202f: une ligne de noms de colonnes, puis une ligne par équipement',
  noRows: 'aucun équipement dans le fichier\u202f; attendu\u202f: une ligne par équipement après les noms de colonnes',
  notUtf8: 'le texte n’est pas en UTF-8\u202f; enregistrez la feuille en «\u202fCSV UTF-8\u202f»',
  quotes:
    'les guillemets de cette ligne ne vont pas par deux\u202f; une cellule qui contient des guillemets ou des séparateurs s’écrit entre guillemets droits, et un guillemet y est doublé',
  columnMissing: (column) => `il n’y a pas de colonne «\u202f${column}\u202f»`,
  columnUnknown: (column, known) =>
    `la colonne «\u202f${column}\u202f» n’est pas connue\u202f; attendu\u202f: ${known}, store.… ou device.…`,
  columnTwice: (column) => `la colonne «\u202f${column}\u202f» est là deux fois`,
  tooManyCells: (found, expected) => `a ${found} cellules pour ${expected} colonnes`,
  differs: (found, line, before) => `trouvé «\u202f${found}\u202f», mais la ligne ${line} dit «\u202f${before}\u202f»`,
  hoursDay: (found) =>
    `attendu\u202f: des jours comme lun-sam, ou une date comme 2026-12-25\u202f; trouvé\u202f: «\u202f${found}\u202f»`,
  hoursSpan: (found) =>
    `attendu\u202f: des heures comme 08:30-20:00, ou «\u202ffermé\u202f»\u202f; trouvé\u202f: «\u202f${found}\u202f»`,
  hoursTwice: (day) => `${day} est là deux fois`,
};

export type FaultType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null';

const TYPES: Record<Locale, Record<FaultType, string>> = {
  en: {
    string: 'text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a block of named values',
    null: 'nothing',
  },
  fr: {
    string: 'du texte',
    integer: 'un nombre entier',
    number: 'un nombre',
    boolean: 'true ou false',
    array: 'une liste',
    object: 'un bloc de valeurs nommées',
    null: 'rien',
  },
};

/** The sentences in one language. */
export const faultWords = (locale: Locale): FaultWords => (locale === 'fr' ? fr : en);
