import { readFileSync } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import type { FilesOutside } from '../outside/files.ts';

/** The files of this host. */
export const files: FilesOutside = {
  readText: async (path) => (answersAtOnce(path) ? readFileSync(path, 'utf8') : readFile(path, 'utf8')),
  readPart,
  async stat(path) {
    const found = await stat(path);
    return { size: found.size, mtimeMs: found.mtimeMs, ino: found.ino, isFile: found.isFile() };
  },
  listDir: (path) => readdir(path),
  isDirectory: async (path) => (await stat(path)).isDirectory(),
};

/**
 * /proc answers from memory, and a read in place costs a tenth of one through the thread pool. A command line is the
 * exception: the kernel takes it from the process's own memory and may wait for it.
 */
const answersAtOnce = (path: string): boolean => path.startsWith('/proc/') && !path.endsWith('/cmdline');

async function readPart(path: string, from: number, bytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const part = Buffer.allocUnsafe(bytes);
    let length = 0;
    while (length < bytes) {
      const { bytesRead } = await file.read(part, length, bytes - length, from + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return part.subarray(0, length);
  } finally {
    await file.close();
  }
}
