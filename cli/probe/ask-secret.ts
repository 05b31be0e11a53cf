import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Fault } from '../fault.ts';

/** Where a person types. */
export interface Terminal {
  input: NodeJS.ReadStream;
  output: NodeJS.WritableStream;
}

/** Asks the person for a secret and doesn't show what is typed. @throws Fault when they give up. */
export async function askSecret(question: string, interrupted: string, { input, output }: Terminal): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  const givenUp = new AbortController();
  lines.once('SIGINT', () => givenUp.abort());
  lines.once('close', () => givenUp.abort());
  output.write(question);
  try {
    return await lines.question('', { signal: givenUp.signal });
  } catch {
    throw new Fault(interrupted, 3);
  } finally {
    output.write('\n');
    lines.close();
  }
}
