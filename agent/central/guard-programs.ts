import type { CheckContext, RunCheck } from '../check.ts';
import type { LoadedCheck } from '../load-checks.ts';

/**
 * A check that runs only those programs of the centre's choosing that the device's own file allows. A program is of its
 * choosing when it stands among the check's options; what a check runs by itself, such as `smartctl`, is ours.
 */
export function guardPrograms({ entry, run }: LoadedCheck, allowed: readonly string[]): RunCheck {
  const { type: _type, name: _name, ...options } = JSON.parse(entry) as Record<string, unknown>;
  const texts = textsOf(options);
  if (texts.length === 0) return run;
  return (ctx) => run({ ...ctx, exec: guarded(ctx, texts, allowed) });
}

/**
 * Programs that run another, or a text, named in their arguments: shells, those that start something under other
 * conditions, interpreters, and plugins that wrap another.
 */
const RUNS_ANOTHER = new RegExp(
  `(?:^|[\\\\/])(?:${[
    '(?:ba|da|z|k|mk|a|c|tc|fi|rba)?sh|busybox|toybox|cmd|p(?:ower|w)sh(?:ell)?|[cw]script|mshta|rundll32|wmic|forfiles',
    'env|sudo|su|doas|pkexec|runuser|setpriv|capsh|chroot|unshare|nsenter|systemd-run|start-stop-daemon|dbus-run-session',
    'nice|ionice|chrt|taskset|timeout|time|nohup|setsid|stdbuf|flock|watch|script|expect|strace|ltrace|gdb|ld-linux.*',
    'xargs|parallel|find|run-parts|make|tar|sed|[gmn]?awk|vim?|ed|git|ssh|scp|rsync|socat|n(?:et)?cat|nc|nmap|docker|podman',
    '(?:python|pypy|perl|ruby|php|lua|tclsh|node|nodejs|java|deno|bun)[\\d.]*',
    'negate|urlize|check_by_ssh|check_apt',
  ].join('|')})(?:\\.exe|\\.com)?$`,
  'i',
);

const guarded =
  (ctx: CheckContext, texts: readonly string[], allowed: readonly string[]): CheckContext['exec'] =>
  (file, args, options) => {
    const isNamed = texts.some((text) => text.includes(file));
    const isScript = RUNS_ANOTHER.test(file) && (isNamed || args.some((arg) => texts.includes(arg)));
    const isChosen = isNamed || isScript;
    // An environment makes another program of an allowed one.
    const mayRun = isAllowed(file, allowed) && !isScript && options?.env === undefined;
    if (!isChosen || mayRun) return ctx.exec(file, args, options);
    return Promise.reject(
      new Error(
        ctx.say({
          fr: `le centre ne peut pas choisir le programme ${file}\u202f: il n’est pas dans central.programs de ce poste`,
          en: `the centre may not choose the program ${file}: central.programs of this device does not name it`,
        }),
      ),
    );
  };

/** A folder allows what stands in it, and nothing that leaves it again. */
const isAllowed = (file: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) => {
    if (!/[\\/]\*$/.test(entry)) return entry === file;
    const rest = file.slice(entry.length - 1);
    return file.startsWith(entry.slice(0, -1)) && rest !== '' && !/[\\/]/.test(rest);
  });

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
