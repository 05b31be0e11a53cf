import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const PATH = '/api/v1/agents/authority';

/** Gives a broker of others what it needs to know our agents: the authority, what is revoked, its own certificate. */
export const command: Command = {
  summary: {
    en: 'writes the authority’s certificate and revocation list, for a broker such as Mosquitto',
    fr: 'écrit le certificat de l’autorité et la liste de révocation, pour un broker comme Mosquitto',
  },
  operands: 'export',
  options: { ...SERVER_CALL_OPTIONS, dir: { type: 'string' }, names: { type: 'string' }, days: { type: 'string' } },
  help: {
    ...SERVER_CALL_HELP,
    dir: { en: 'The folder: ca.pem, crl.pem', fr: 'Le dossier\u202f: ca.pem, crl.pem' },
    names: {
      en: 'Also server.crt and server.key for the broker, under these names and addresses (a,b)',
      fr: 'Aussi server.crt et server.key pour le broker, sous ces noms et adresses (a,b)',
    },
    days: { en: 'How long that certificate is good (365)', fr: 'La durée de ce certificat, en jours (365)' },
  },
  async run(invocation) {
    const { operands, flags, locale, say } = invocation;
    const text = words(locale);
    if (operands[0] !== 'export' || typeof flags.dir !== 'string') throw new Fault(text.enrol.authorityUsage);
    const days = String(flags.days ?? 365);
    if (!/^\d{1,3}$/.test(days)) throw new Fault(text.badNumber('--days', days));
    const { certificate, revocationList } = (await askServer(invocation, PATH)) as {
      certificate: string;
      revocationList: string;
    };
    const files: [string, string, number][] = [
      ['ca.pem', certificate, 0o644],
      ['crl.pem', revocationList, 0o644],
    ];
    if (typeof flags.names === 'string')
      files.push(...(await certify(invocation, flags.names.split(','), Number(days))));
    try {
      mkdirSync(flags.dir, { recursive: true });
      for (const [name, content, mode] of files) put(join(flags.dir, name), content, mode);
    } catch (error) {
      throw new Fault(text.folderRefused(flags.dir, (error as Error).message));
    }
    say(text.enrol.exported(files.map(([name]) => join(String(flags.dir), name)).join(', ')));
    return 0;
  },
};

/** The key is made here, and does not travel. */
async function certify(invocation: Invocation, names: string[], days: number): Promise<[string, string, number][]> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const asked = { publicKey: publicKey.export({ format: 'pem', type: 'spki' }), names, days };
  const { certificate } = (await askServer(invocation, `${PATH}/server-certificate`, asked)) as { certificate: string };
  return [
    ['server.crt', certificate, 0o644],
    ['server.key', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 0o600],
  ];
}

/** Whole or not at all: a broker may read it at any moment. */
function put(file: string, content: string, mode: number): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}
