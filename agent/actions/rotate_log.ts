import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { Type } from 'typebox';
import { ACTION_TITLES } from '../../protocol/actions.ts';
import { type ActionContext, defineAction } from '../action.ts';

const DEFAULT_KEEP = 5;
const DEFAULT_MAX_BYTES = 104_857_600;
const CHUNK = 1024 * 1024;

interface Rotation {
  keep: number;
  maxBytes: number;
  inPlace: boolean;
}

/** Puts a log aside as `.1`, moves the earlier ones on, and forgets the oldest. */
export const plugin = defineAction({
  type: 'rotate_log',
  title: ACTION_TITLES.rotate_log,
  options: Type.Object(
    {
      files: Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
        minItems: 1,
        maxItems: 32,
        uniqueItems: true,
        description: 'Logs that may be rotated, by their full paths; a command chooses one.',
      }),
      keep: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 99,
          default: DEFAULT_KEEP,
          description: 'Earlier logs that are kept beside it, as `.1` (the newest), `.2` and so on.',
        }),
      ),
      maxBytes: Type.Optional(
        Type.Integer({
          minimum: 1024,
          maximum: 4_294_967_296,
          default: DEFAULT_MAX_BYTES,
          description: 'Bytes that are kept of a log that is larger: its end.',
        }),
      ),
      inPlace: Type.Optional(
        Type.Boolean({
          default: false,
          description: 'Copy and empty the log instead of renaming it, for a program that keeps it open.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  example: { files: ['/var/log/pos/pos.log'], keep: 3, inPlace: true },
  choices: ({ files }) => ({ file: files }),
  create({ keep = DEFAULT_KEEP, maxBytes = DEFAULT_MAX_BYTES, inPlace = false }) {
    return {
      async look(ctx) {
        const file = ctx.args.file ?? '';
        const sizes = [await sizeOf(file), ...(await sizesOfEarlier(file, keep))];
        const kept = sizes.slice(1).filter((size) => size !== undefined);
        return {
          text: ctx.say({
            fr: `${file}\u202f: ${told(ctx, sizes[0])}, ${kept.length} gardé(s) (${kept.reduce((a, b) => a + b, 0)} octets)`,
            en: `${file}: ${told(ctx, sizes[0])}, ${kept.length} kept (${kept.reduce((a, b) => a + b, 0)} bytes)`,
          }),
        };
      },
      act: (ctx) => rotate(ctx, ctx.args.file ?? '', { keep, maxBytes, inPlace }),
    };
  },
});

const told = ({ say }: ActionContext, bytes: number | undefined): string =>
  bytes === undefined ? say({ fr: 'absent', en: 'not there' }) : say({ fr: `${bytes} octets`, en: `${bytes} bytes` });

async function rotate(ctx: ActionContext, file: string, { keep, maxBytes, inPlace }: Rotation): Promise<string> {
  const size = await sizeOf(file);
  if (size === undefined) throw new Error(`${file} is not there`);
  if (size === 0)
    return ctx.say({ fr: 'Le journal est vide\u202f: rien à faire.', en: 'The log is empty: nothing to do.' });
  for (let n = keep; n > 0; n--) {
    ctx.signal.throwIfAborted();
    const from = n === 1 ? undefined : `${file}.${n - 1}`;
    if (from !== undefined && (await sizeOf(from)) !== undefined) await rename(from, `${file}.${n}`);
  }
  if (keep > 0 && !inPlace && size <= maxBytes) {
    await rename(file, `${file}.1`);
    return `${file} -> ${file}.1`;
  }
  // No link is written through: whoever may write in the folder must not choose the file.
  const log = await open(file, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    if (keep > 0) await copyEnd(ctx, log, size, `${file}.1`, maxBytes);
    if (inPlace) await log.truncate(0);
  } finally {
    await log.close();
  }
  if (!inPlace) await unlink(file);
  return `${file} -> ${keep > 0 ? `${file}.1 (${Math.min(size, maxBytes)})` : '-'}`;
}

async function copyEnd(ctx: ActionContext, log: FileHandle, size: number, to: string, maxBytes: number): Promise<void> {
  // A link in its place would be written through: it is taken away, and what comes then must be new.
  await unlink(to).catch(() => {});
  const copy = await open(to, 'wx', (await log.stat()).mode & 0o777);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let at = Math.max(0, size - maxBytes); at < size; ) {
      ctx.signal.throwIfAborted();
      const { bytesRead } = await log.read(chunk, 0, Math.min(CHUNK, size - at), at);
      if (bytesRead === 0) break;
      await copy.write(chunk, 0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await copy.close();
  }
}

const sizesOfEarlier = (file: string, keep: number): Promise<(number | undefined)[]> =>
  Promise.all(Array.from({ length: keep }, (_, i) => sizeOf(`${file}.${i + 1}`)));

/** Undefined when it is not there. @throws when it is anything but a plain file, such as a link. */
async function sizeOf(file: string): Promise<number | undefined> {
  if (!isAbsolute(file)) throw new Error(`${file} is not a full path`);
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found !== undefined && !found.isFile()) throw new Error(`${file} is not a plain file`);
  return found?.size;
}
