import { expect, test } from 'vitest';
import { findFiles } from '../../../agent/platform/find-files.ts';
import { createFakeContext } from '../fake-context.ts';

const ctx = createFakeContext({
  files: { '/a/1/c.pem': '', '/a/2/c.pem': '', '/a/2/c.key': '', '/a/.h/c.pem': '', '/b.txt': '' },
});

test.each([
  ['/a/*/c.pem', ['/a/1/c.pem', '/a/2/c.pem']],
  ['/a/2/c.*', ['/a/2/c.key', '/a/2/c.pem']],
  ['/a/?/c.k?y', ['/a/2/c.key', '/a/1/c.key'].slice(0, 1)],
  ['/not/here.pem', ['/not/here.pem']],
  ['/a/.*/c.pem', ['/a/.h/c.pem']],
])('%s', async (pattern, expected) => {
  expect(await findFiles(ctx, pattern)).toEqual(expected);
});

test('a folder that is not there holds nothing; one that may not be read is told', async () => {
  const failing = (code: string) => ({
    listDir: async () => {
      throw Object.assign(new Error(code), { code });
    },
  });
  expect(await findFiles(failing('ENOENT'), '/x/*')).toEqual([]);
  await expect(findFiles(failing('EACCES'), '/x/*')).rejects.toThrow('EACCES');
});
