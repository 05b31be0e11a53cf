/** `/proc/meminfo` as bytes under the kernel's names. */
export function parseMeminfo(text: string): Partial<Record<string, number>> {
  const info: Partial<Record<string, number>> = {};
  for (const [, name = '', kib = ''] of text.matchAll(/^([\w()]+):\s+(\d+)/gm)) info[name] = Number(kib) * 1024;
  return info;
}
