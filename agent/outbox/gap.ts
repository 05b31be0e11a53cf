import { join } from 'node:path';
import { Type } from 'typebox';
import { Check } from 'typebox/schema';
import type { OutboxFiles } from './files.ts';

/** Reports that were dropped unsent: how many, and the times of the first and the last of them. */
export interface Gap {
  reports: number;
  from: number;
  to: number;
}

const Stored = Type.Object({ reports: Type.Integer({ minimum: 1 }), from: Type.Integer(), to: Type.Integer() });

const fileIn = (folder: string): string => join(folder, 'gap.json');

/** The gap an earlier run left untold. */
export function loadGap(files: OutboxFiles, folder: string): Gap | undefined {
  try {
    const stored: unknown = JSON.parse(files.readFileSync(fileIn(folder)).toString('utf8'));
    return Check(Stored, stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the gap over a restart, as far as the disk allows: it is told from memory all the same. */
export function saveGap(files: OutboxFiles, folder: string, gap: Gap | undefined): void {
  const file = fileIn(folder);
  try {
    if (!gap) {
      files.rmSync(file, { force: true });
      return;
    }
    files.writeFileSync(`${file}.new`, JSON.stringify(gap));
    files.renameSync(`${file}.new`, file);
  } catch {
    // The disk that made us drop reports may refuse this as well.
  }
}

export function widenGap(gap: Gap | undefined, at: number): Gap {
  if (!gap) return { reports: 1, from: at, to: at };
  return { reports: gap.reports + 1, from: Math.min(gap.from, at), to: Math.max(gap.to, at) };
}
