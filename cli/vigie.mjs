#!/usr/bin/env -S node --max-semi-space-size=8
// Plain JavaScript that any Node can read: on too old a Node one line is all that should be said. The flag above: left to
// itself, Node takes up to 128 MB for young objects alone, and the work goes no faster.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  const french = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
  process.stderr.write(
    french
      ? `vigie\u202f: il faut Node 24 ou plus récent, celui-ci est ${process.versions.node}. « npm ci » l’apporte\u202f: lancez « npx vigie » ou « npm start ».\n`
      : `vigie: Node 24 or newer is needed, this is ${process.versions.node}. "npm ci" brings it: run "npx vigie" or "npm start".\n`,
  );
  process.exit(1);
}
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
