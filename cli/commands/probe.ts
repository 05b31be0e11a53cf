import type { Command } from '../command.ts';
import { Fault } from '../fault.ts';
import { UNKNOWN } from '../probe/exit-code.ts';
import { words } from '../words/index.ts';

/** Looks at one thing once, from here: a device over SNMP, or what any check of an agent sees. */
export const command: Command = {
  summary: {
    en: 'looks at one thing once, from here: a device over SNMP, or anything a check sees',
    fr: 'regarde une chose une fois, d’ici\u202f: un équipement par SNMP, ou ce que voit une mesure',
  },
  operands: 'snmp HOST[:PORT] | TYPE [OPTION=VALUE…]',
  options: {
    community: { type: 'string' },
    'community-file': { type: 'string' },
    v1: { type: 'boolean' },
    v2c: { type: 'boolean' },
    user: { type: 'string' },
    auth: { type: 'string' },
    'auth-password-file': { type: 'string' },
    priv: { type: 'string' },
    'priv-password-file': { type: 'string' },
    context: { type: 'string' },
    timeout: { type: 'string' },
    'config-file': { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    community: {
      en: 'snmp: the community (or VIGIE_SNMP_COMMUNITY)',
      fr: 'snmp\u202f: la communauté (ou VIGIE_SNMP_COMMUNITY)',
    },
    'community-file': {
      en: 'snmp: file that holds the community',
      fr: 'snmp\u202f: fichier qui contient la communauté',
    },
    v1: { en: 'snmp: version 1', fr: 'snmp\u202f: version 1' },
    v2c: { en: 'snmp: version 2c, as without --user', fr: 'snmp\u202f: version 2c, comme sans --user' },
    user: { en: 'snmp: user of version 3', fr: 'snmp\u202f: utilisateur de la version 3' },
    auth: {
      en: 'snmp: how messages are signed: md5, sha1, sha224, sha256, sha384 or sha512',
      fr: 'snmp\u202f: la signature des messages\u202f: md5, sha1, sha224, sha256, sha384 ou sha512',
    },
    'auth-password-file': {
      en: 'snmp: file that holds the password for it (or VIGIE_SNMP_AUTH_PASSWORD, or it is asked for)',
      fr: 'snmp\u202f: fichier qui contient son mot de passe (ou VIGIE_SNMP_AUTH_PASSWORD, ou il est demandé)',
    },
    priv: {
      en: 'snmp: how messages are encrypted: aes, aes256, aes256-cisco or des',
      fr: 'snmp\u202f: le chiffrement des messages\u202f: aes, aes256, aes256-cisco ou des',
    },
    'priv-password-file': {
      en: 'snmp: file that holds the password for it (or VIGIE_SNMP_PRIV_PASSWORD, or it is asked for)',
      fr: 'snmp\u202f: fichier qui contient son mot de passe (ou VIGIE_SNMP_PRIV_PASSWORD, ou il est demandé)',
    },
    context: { en: 'snmp: context of version 3', fr: 'snmp\u202f: contexte de la version 3' },
    timeout: {
      en: 'snmp: seconds to wait for an answer, twice (2)',
      fr: 'snmp\u202f: secondes à attendre une réponse, deux fois (2)',
    },
    'config-file': {
      en: 'TYPE: file with its options (YAML)',
      fr: 'TYPE\u202f: fichier de ses options (YAML)',
    },
    json: { en: 'Print JSON', fr: 'Écrire du JSON' },
  },
  async run(invocation) {
    const [type, ...rest] = invocation.operands;
    const [host] = rest;
    if (type === 'snmp' && rest.length === 1 && host !== undefined && !host.includes('=')) {
      return (await import('../probe/probe-snmp.ts')).probeSnmp(invocation, host);
    }
    const { checkTypes, probeCheck } = await import('../probe/probe-check.ts');
    if (type === undefined) throw new Fault(words(invocation.locale).probe.usage(checkTypes.join(', ')), UNKNOWN);
    return probeCheck(invocation, type, rest);
  },
};
