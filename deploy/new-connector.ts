import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * `npm run new:connector -- my_desk`: begins a connector from the sample, with its fake and its test where they belong.
 * What is there already is never written over. `--root DIR`: into another checkout than this one.
 */
const SAMPLE = 'deploy/samples/connector';
const ROOT = new URL('..', import.meta.url).pathname;

const [name = '', ...rest] = process.argv.slice(2);
const root = rest[0] === '--root' && rest[1] !== undefined ? rest[1] : ROOT;
if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) {
  fail(
    `"${name}" is no name for a connector: small letters, digits and underscores, beginning with a letter, e.g. my_desk`,
  );
}

const dashed = name.replaceAll('_', '-');
const pascal = name.replace(/(^|_)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
/** From where each file of the sample comes, to where it goes. */
const MOVES: Readonly<Record<string, string>> = {
  [`${SAMPLE}/sample_desk.ts`]: `alerting/connectors/${name}.ts`,
  [`${SAMPLE}/fake-sample-desk.ts`]: `test/fakes/desks/${dashed}.ts`,
  [`${SAMPLE}/sample_desk.test.ts`]: `test/alerting/connectors/${name}.test.ts`,
};

const there = Object.values(MOVES).filter((path) => existsSync(join(root, path)));
if (there.length > 0) fail(`${there.join(', ')}: there already`);
for (const [from, to] of Object.entries(MOVES)) {
  const text = readFileSync(join(ROOT, from), 'utf8')
    .replace(/from '(\.[^']+)'/g, (_, path: string) => `from '${moved(path, from, to)}'`)
    .replaceAll('FakeSampleDesk', `Fake${pascal}`)
    .replaceAll('sample_desk', name);
  mkdirSync(dirname(join(root, to)), { recursive: true });
  writeFileSync(join(root, to), text);
  process.stdout.write(`${to}\n`);
}
process.stdout.write(`
Now make it speak to your desk, and make its test hold: npx vitest run test/alerting/connectors/${name}.test.ts
Then its docs entry and its place among the connectors: npm run generate
`);

/** An import as it reads from the file’s new place; files of the sample move too. */
function moved(path: string, from: string, to: string): string {
  const target = relative('/', resolve('/', dirname(from), path));
  const now = relative(dirname(to), MOVES[target] ?? target);
  return now.startsWith('.') ? now : `./${now}`;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
