import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/** Where the broker is, and how the agent shows who it is. Holds the names of files, never what is in them. */
export interface Server {
  host: string;
  port: number;
  /** Over TLS; absent: in the clear. */
  tls?: TlsFiles;
  user?: string;
  passwordFile?: string;
}

export interface TlsFiles {
  /** Who must answer, as `chain/store/device`; the host's name then counts for nothing. */
  peer?: string;
  caFile?: string;
  certFile?: string;
  keyFile?: string;
}

/** The password on the one line of a file. @throws when the file cannot be read, is empty or holds more. */
export function readPassword(file: string): string {
  // Editors of Windows put a mark before and an end of line after it.
  const password = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '');
  if (password === '') throw new Error(`${file} is empty`);
  if (/[\r\n]/.test(password)) throw new Error(`${file} holds more than one line`);
  return password;
}

/** A certificate or key in PEM. @throws when the file cannot be read or holds none: TLS itself takes any text for an authority. */
export function readPem(file: string): string {
  const pem = readFileSync(file, 'utf8');
  if (!/^-----BEGIN [A-Z ]+-----/m.test(pem)) throw new Error(`${file} is not PEM`);
  return pem;
}

/** What is wrong with the files a configuration names, as `key: why`; before the first connection does it say so. */
export function faultsInFiles(written: TlsFiles & { passwordFile?: string }): string[] {
  const readers = { passwordFile: readPassword, caFile: readPem, certFile: readPem, keyFile: readPem };
  return Object.entries(readers).flatMap(([key, read]) => {
    const file: unknown = written[key as keyof typeof readers];
    if (typeof file !== 'string' || file === '') return [];
    try {
      read(file);
      return [];
    } catch (error) {
      return [`${key}: ${describeError(error)}`];
    }
  });
}

/** Says where a secret is not kept: in a file that others read, or on the way. */
export function warnOfExposure({ host, tls, passwordFile }: Server, log: Log): void {
  for (const file of [passwordFile, tls?.keyFile]) if (file !== undefined) warnOfReaders(file, log);
  if (passwordFile !== undefined && !tls && !isLoopback(host)) {
    log('warn', 'the password travels unencrypted', { host, advice: 'give a server that begins with mqtts://' });
  }
}

/** Says when a file with a secret in it is open to everyone on this machine. */
export function warnOfReaders(file: string, log: Log): void {
  // Windows tells nothing of a file's readers by its mode.
  if (process.platform === 'win32') return;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o007) === 0) return;
  log('warn', 'others on this machine may read a secret', { file, advice: `chmod o= ${file}` });
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
