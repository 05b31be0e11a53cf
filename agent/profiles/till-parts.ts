import type { CheckEntry } from '../check-entry.ts';
import { type Profile, variable } from './profile.ts';

/** What tills have beside a host, whatever they run on. */
export const TILL_VARS = {
  tillProgram: {
    about: { fr: 'programme de la caisse', en: 'program of the till application' },
    example: 'posd',
  },
  tillPort: {
    about: { fr: 'port TCP que la caisse ouvre sur ce poste', en: 'TCP port the till application opens here' },
    example: 8443,
  },
  tillHeartbeat: {
    about: {
      fr: 'fichier que la caisse touche tant qu’elle vit',
      en: 'file the till application touches while it lives',
    },
    example: '/run/pos/heartbeat',
  },
  lastSaleFile: {
    about: { fr: 'fichier écrit à chaque vente', en: 'file written at each sale' },
    example: '/var/lib/pos/last-sale',
  },
  unsentSales: {
    about: { fr: 'fichiers des ventes qui attendent d’être envoyées', en: 'files of sales that wait to be sent' },
    example: '/var/spool/pos/outgoing/*.xml',
  },
  printer: {
    about: { fr: 'adresse de l’imprimante de tickets', en: 'address of the receipt printer' },
    example: '10.0.0.73',
  },
  terminal: {
    about: { fr: 'adresse du terminal de paiement', en: 'address of the payment terminal' },
    example: '10.0.0.63',
  },
  terminalPort: {
    about: { fr: 'son port', en: 'its port' },
    example: 8000,
  },
  scannerUsb: { about: { fr: 'identifiant USB du lecteur', en: 'USB id of the scanner' }, example: '05f9:2206' },
  scaleUsb: { about: { fr: 'identifiant USB de la balance', en: 'USB id of the scale' }, example: '0eb8:f000' },
} satisfies Profile['vars'];

const MINUTE = 60;

export const TILL_CHECKS: readonly CheckEntry[] = [
  { type: 'process', name: 'till', program: variable('tillProgram'), usage: true, everyS: 30, timeoutMs: 20_000 },
  { type: 'net_response', name: 'till-port', server: '127.0.0.1', port: variable('tillPort'), everyS: 30 },
  { type: 'till_app', app: 'till', heartbeatFile: variable('tillHeartbeat'), everyS: 30 },
  { type: 'last_sale', file: variable('lastSaleFile'), everyS: MINUTE },
  { type: 'unsent_sales', files: variable('unsentSales'), everyS: MINUTE },
  { type: 'receipt_printer', name: 'printer', server: variable('printer'), everyS: MINUTE },
  {
    type: 'payment_terminal',
    name: 'terminal',
    terminals: [{ name: 'terminal', server: variable('terminal'), port: variable('terminalPort') }],
    everyS: MINUTE,
  },
  { type: 'usb_device', devices: [{ name: 'scanner', id: variable('scannerUsb') }], everyS: MINUTE, timeoutMs: 20_000 },
  { type: 'usb_device', devices: [{ name: 'scale', id: variable('scaleUsb') }], everyS: MINUTE, timeoutMs: 20_000 },
];
