import type { CheckContext } from '../check.ts';
import { errorCode } from '../describe-error.ts';
import { asFolder } from './list-matches.ts';

/** Bytes just before our place in the file: if they are others, it was emptied and written anew. */
const MARK_BYTES = 64;
/** A longer line is judged by its beginning. */
const LINE_BYTES = 2048;
const NEWLINE = 0x0a;
/** Names looked at for the rotated file. */
const MOST_SIBLINGS = 100;

export interface Tail {
  lines: string[];
  /** Bytes that were written since the last time and not read: more came than may be read at once. */
  skipped: number;
  /** False: there is no such file now. */
  exists: boolean;
}

/** Whole lines added to a file since the last call, through its rotations. The first call finds its end. */
export interface LogTail {
  read(ctx: CheckContext): Promise<Tail>;
}

/** `maxBytes` bounds one call; beyond it the oldest are skipped. */
export function createLogTail(path: string, maxBytes: number, encoding: 'utf8' | 'latin1'): LogTail {
  let place: Place | undefined;
  /** The begun last line, until its end comes. */
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;

  /** Reads from our place to the end of a file, as far as the budget goes. */
  async function advance(ctx: CheckContext, file: string, from: Place, size: number, budget: number) {
    const skipped = Math.max(0, size - from.position - budget);
    const start = from.position + skipped;
    if (skipped > 0) rest = Buffer.alloc(0);
    const bytes = Buffer.from(await ctx.readPart(file, start, Math.min(budget, size - start)));
    const { lines, left } = splitLines(skipped > 0 ? afterNewline(bytes) : Buffer.concat([rest, bytes]), encoding);
    rest = left;
    place = {
      ino: from.ino,
      position: start + bytes.length,
      mark: Buffer.concat([from.mark, bytes]).subarray(-MARK_BYTES),
    };
    return { lines, skipped, read: bytes.length };
  }

  return {
    async read(ctx) {
      const now = await ctx.stat(path).catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (!now) {
        // What appears from here on is all new.
        isFirst = false;
        return { lines: [], skipped: 0, exists: false };
      }
      if (isFirst) {
        isFirst = false;
        const mark = Buffer.from(
          await ctx.readPart(path, Math.max(0, now.size - MARK_BYTES), Math.min(now.size, MARK_BYTES)),
        );
        place = { ino: now.ino, position: now.size, mark };
        return { lines: [], skipped: 0, exists: true };
      }
      const lines: string[] = [];
      let skipped = 0;
      let budget = maxBytes;
      if (place && place.ino !== now.ino) {
        const old = await findRotated(ctx, path, place);
        if (old && old.size > place.position) {
          const finished = await advance(ctx, old.path, place, old.size, budget);
          lines.push(...finished.lines);
          skipped += finished.skipped;
          budget -= finished.read;
        }
        place = undefined;
        rest = Buffer.alloc(0);
      } else if (place && !(await isSameText(ctx, path, place, now.size))) {
        place = undefined;
        rest = Buffer.alloc(0);
      }
      place ??= { ino: now.ino, position: 0, mark: Buffer.alloc(0) };
      if (now.size > place.position) {
        const added = await advance(ctx, path, place, now.size, budget);
        lines.push(...added.lines);
        skipped += added.skipped;
      }
      return { lines, skipped, exists: true };
    },
  };
}

interface Place {
  ino: number;
  position: number;
  mark: Buffer;
}

/** False once the file has been cut, also where it has meanwhile grown past our place again (logrotate's copytruncate). */
async function isSameText(ctx: CheckContext, path: string, { position, mark }: Place, size: number): Promise<boolean> {
  if (size < position) return false;
  if (size === position && mark.length === 0) return true;
  const there = await ctx.readPart(path, position - mark.length, mark.length);
  return mark.equals(there);
}

/** The file that had our path before, beside it under another name. */
async function findRotated(
  ctx: CheckContext,
  path: string,
  { ino }: Place,
): Promise<{ path: string; size: number } | undefined> {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const [folder, name] = [path.slice(0, at), path.slice(at)];
  const stem = name.replace(/\.[^.]*$/, '');
  const siblings = (await ctx.listDir(asFolder(folder)).catch(() => [])).filter(
    (sibling) => sibling !== name && sibling.startsWith(stem),
  );
  for (const sibling of siblings.slice(0, MOST_SIBLINGS)) {
    const found = await ctx.stat(folder + sibling).catch(() => undefined);
    if (found?.ino === ino) return { path: folder + sibling, size: found.size };
  }
  return undefined;
}

/** After a skip the first line is cut: it begins at the next one. */
const afterNewline = (bytes: Buffer): Buffer => bytes.subarray(bytes.indexOf(NEWLINE) + 1);

function splitLines(bytes: Buffer, encoding: 'utf8' | 'latin1'): { lines: string[]; left: Buffer } {
  const lines: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    const line = bytes.subarray(start, Math.min(end, start + LINE_BYTES)).toString(encoding);
    lines.push(line.replace(/\r$/, ''));
    start = end + 1;
  }
  // Copied: a view would keep the whole read in memory. Of a line without end the beginning is enough.
  return { lines, left: Buffer.from(bytes.subarray(start, start + LINE_BYTES)) };
}
