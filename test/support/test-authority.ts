import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Identity {
  /** PEM files. */
  certFile: string;
  keyFile: string;
  caFile: string;
}

/** An authority of a test, with certificates as Vigie's own gives them: the common name is `chain/store/device`. */
export function createTestAuthority(folder: string): (commonName: string, names?: string) => Identity {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const caFile = join(folder, 'ca.pem');
  const caKey = join(folder, 'ca.key');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=Test authority', '-keyout', caKey, '-out', caFile);
  let number = 0;
  return (commonName, names) => {
    number += 1;
    const file = (end: string) => join(folder, `identity-${number}.${end}`);
    const [certFile, keyFile, request, extensions] = [file('crt'), file('key'), file('csr'), file('ext')] as const;
    // In a subject a slash begins the next part.
    const subject = `/CN=${commonName.replaceAll('/', '\\/')}`;
    openssl('req', ...newKey, '-subj', subject, '-keyout', keyFile, '-out', request);
    writeFileSync(
      extensions,
      `extendedKeyUsage=clientAuth,serverAuth\n${names === undefined ? '' : `subjectAltName=${names}\n`}`,
    );
    const signed = ['-CA', caFile, '-CAkey', caKey, '-days', '2', '-extfile', extensions];
    openssl('x509', '-req', '-in', request, ...signed, '-out', certFile);
    return { certFile, keyFile, caFile };
  };
}
