import type { Command } from '../command.ts';

/** Looks for SNMP devices from here, as the agent's configuration allows, and holds them against what is configured. */
export const command: Command = {
  summary: {
    en: 'looks for the devices of a network over SNMP, and says which are new or gone',
    fr: 'cherche par SNMP les équipements d’un réseau, et dit lesquels sont nouveaux ou disparus',
  },
  operands: 'CIDR',
  options: { config: { type: 'string' }, json: { type: 'boolean' } },
  help: {
    config: {
      en: 'The agent’s file: snmp.discovery says where it may look, and with which credentials',
      fr: 'Le fichier de l’agent\u202f: snmp.discovery dit où il peut chercher, et avec quels identifiants',
    },
    json: { en: 'Print JSON', fr: 'Écrire du JSON' },
  },
  async run(invocation) {
    return (await import('../discover/discover.ts')).discover(invocation);
  },
};
