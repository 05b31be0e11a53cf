import { pathParts, type UnreadReason } from '../facts.ts';
import type { Locale } from '../inventory.ts';

type Words = Record<Locale, string>;
const words = (fr: string, en: string): Words => ({ fr, en });

const SECTIONS: Readonly<Record<string, Words>> = {
  address: words('Adresse', 'Address'),
  agent: words('Agent', 'Agent'),
  attribute: words('Attribut', 'Attribute'),
  book: words('Gestion', 'Books'),
  disk: words('Disque', 'Disk'),
  found: words('Découvert', 'Found'),
  machine: words('Machine', 'Machine'),
  memory: words('Mémoire', 'Memory'),
  modem: words('Modem', 'Modem'),
  module: words('Barrette', 'Memory module'),
  monitor: words('Écran', 'Monitor'),
  neighbour: words('Voisin sur', 'Neighbour on'),
  network: words('Carte réseau', 'Network card'),
  os: words('Système', 'System'),
  own: words('Adresse MAC propre', 'Own MAC address'),
  patch: words('Correctif', 'Patch'),
  patches: words('Mises à jour', 'Updates'),
  printer: words('Imprimante', 'Printer'),
  processor: words('Processeur', 'Processor'),
  snmp: words('SNMP', 'SNMP'),
  software: words('Logiciel', 'Software'),
  station: words('Station', 'Station'),
  usb: words('USB', 'USB'),
};

const FIELDS: Readonly<Record<string, Words>> = {
  address: words('adresse', 'address'),
  addresses: words('adresses', 'addresses'),
  arch: words('architecture', 'architecture'),
  assetTag: words('numéro d’immobilisation', 'asset number'),
  biosDate: words('date du BIOS', 'BIOS date'),
  biosVersion: words('version du BIOS', 'BIOS version'),
  boughtOn: words('acheté le', 'bought on'),
  chassis: words('boîtier', 'chassis'),
  contract: words('contrat', 'contract'),
  costCentre: words('centre de coûts', 'cost centre'),
  count: words('nombre', 'count'),
  description: words('description', 'description'),
  device: words('raccordée par', 'connected through'),
  firmware: words('microprogramme', 'firmware'),
  gigabytes: words('taille (Go)', 'size (GB)'),
  hostname: words('nom d’hôte', 'host name'),
  imei: words('IMEI', 'IMEI'),
  installedOn: words('installé le', 'installed on'),
  interface: words('interface', 'interface'),
  kernel: words('noyau', 'kernel'),
  kind: words('type', 'type'),
  last: words('la dernière le', 'the last on'),
  lastBoot: words('démarré le', 'started on'),
  location: words('emplacement', 'location'),
  mac: words('adresse MAC', 'MAC address'),
  megabytes: words('taille (Mio)', 'size (MiB)'),
  model: words('modèle', 'model'),
  name: words('nom', 'name'),
  network: words('réseau', 'network'),
  operator: words('opérateur', 'operator'),
  port: words('port', 'port'),
  registration: words('inscription au réseau', 'registration'),
  runtime: words('environnement', 'runtime'),
  serial: words('numéro de série', 'serial number'),
  sim: words('carte SIM', 'SIM card'),
  speed: words('débit (Mbit/s)', 'speed (Mbit/s)'),
  supplier: words('fournisseur', 'supplier'),
  value: words('valeur', 'value'),
  vendor: words('constructeur', 'manufacturer'),
  version: words('version', 'version'),
  warrantyUntil: words('garantie jusqu’au', 'warranty until'),
};

const UNREAD: Readonly<Record<UnreadReason, Words>> = {
  permission: words('l’agent n’a pas le droit de le lire', 'the agent may not read it'),
  timeout: words('la lecture a duré trop longtemps', 'reading it took too long'),
  failed: words('la lecture a échoué', 'reading it failed'),
  bound: words('il y en a trop pour tout relever', 'there are too many to gather all of them'),
};

/** What a fact, or a whole section, is called: `machine.serial` is « Machine : numéro de série ». */
export function factTitle(path: string, locale: Locale): string {
  const { section, item, field } = path.includes('.')
    ? pathParts(path)
    : { section: path, item: undefined, field: undefined };
  const owner = SECTIONS[section]?.[locale] ?? section;
  const whose = item === undefined ? owner : `${owner} ${item}`;
  if (field === undefined) return whose;
  return `${whose}${locale === 'fr' ? '\u202f' : ''}: ${FIELDS[field]?.[locale] ?? field}`;
}

export const unreadText = (reason: UnreadReason, locale: Locale): string => UNREAD[reason][locale];
