import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type Mosquitto, startMosquitto } from './mosquitto.ts';

const DEPLOY = new URL('../../deploy/mosquitto/', import.meta.url).pathname;

export interface Certificate {
  /** PEM files; the certificate is its own authority. */
  crt: string;
  key: string;
}

interface DeployedMosquittoOptions {
  certificate: Certificate;
  /** Their passwords are `passwordOf` them. */
  agents: readonly string[];
  /** Of the agents' door. */
  rules: string;
  /** A last word on the configuration. */
  edit?: (config: string) => string;
}

/** A real Mosquitto with the very files of deploy/mosquitto; `port` is the collectors' door. */
export async function startDeployedMosquitto({
  certificate,
  agents,
  rules,
  edit = (config) => config,
}: DeployedMosquittoOptions): Promise<{ mosquitto: Mosquitto; agentsPort: number }> {
  const agentsPort = await freePort();
  const mosquitto = await startMosquitto((folder, port) => {
    copyFileSync(certificate.crt, join(folder, 'server.crt'));
    copyFileSync(certificate.key, join(folder, 'server.key'));
    writeFileSync(join(folder, 'agents.acl'), rules);
    copyFileSync(join(DEPLOY, 'collectors.acl'), join(folder, 'collectors.acl'));
    passwords(join(folder, 'agents.passwd'), agents);
    passwords(join(folder, 'collectors.passwd'), ['vigie-collector']);
    const config = readFileSync(join(DEPLOY, 'vigie.conf'), 'utf8')
      .replaceAll('/var/lib/mosquitto/', `${folder}/`)
      .replaceAll('/etc/mosquitto/vigie/', `${folder}/`)
      .replace('log_dest syslog', 'log_dest stderr')
      .replace('listener 8883', `listener ${agentsPort} 127.0.0.1`)
      .replace('listener 8884', `listener ${port} 127.0.0.1`);
    return edit(config);
  });
  return { mosquitto, agentsPort };
}

/** The rules of a file of deploy/mosquitto. */
export const deployedRules = (file: string): string => readFileSync(join(DEPLOY, file), 'utf8');

export const passwordOf = (user: string) => `password of ${user}`;

/** A certificate for 127.0.0.1, made in `folder`. */
export function makeCertificate(folder: string, name: string): Certificate {
  const certificate = { crt: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', certificate.key, '-out', certificate.crt];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  });
  return certificate;
}

function passwords(file: string, users: readonly string[]): void {
  users.forEach((user, i) => {
    execFileSync('mosquitto_passwd', [...(i === 0 ? ['-c'] : []), '-b', file, user, passwordOf(user)], {
      stdio: 'ignore',
    });
  });
}
