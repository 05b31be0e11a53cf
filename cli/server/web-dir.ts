import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the built web app is, if it has been built. */
export function webDir(): string | undefined {
  const path = fileURLToPath(new URL('../../dist/web', import.meta.url));
  return existsSync(`${path}/index.html`) ? path : undefined;
}
