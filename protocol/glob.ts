/**
 * What fits a text in which `*` stands for any run of characters and, `withMarks`, `?` for any one. It looks for the parts
 * from left to right, the first place of each: a regular expression of many stars would try all places of all parts, for
 * hours.
 */
export function globMatcher(glob: string, { ignoresCase = false, withMarks = false } = {}): (text: string) => boolean {
  const folded = (text: string): string => (ignoresCase ? text.toLowerCase() : text);
  const [head = '', ...middle] = folded(glob).split('*');
  const tail = middle.pop();
  const standsAt = (text: string, part: string, at: number): boolean => {
    if (!withMarks) return text.startsWith(part, at);
    for (let i = 0; i < part.length; i++) if (part[i] !== '?' && part[i] !== text[at + i]) return false;
    return at + part.length <= text.length;
  };
  const placeOf = (text: string, part: string, from: number): number => {
    if (!withMarks) return text.indexOf(part, from);
    for (let at = from; at + part.length <= text.length; at++) if (standsAt(text, part, at)) return at;
    return -1;
  };
  if (tail === undefined) {
    return (given) => {
      const text = folded(given);
      return text.length === head.length && standsAt(text, head, 0);
    };
  }
  return (given) => {
    const text = folded(given);
    const end = text.length - tail.length;
    if (end < head.length || !standsAt(text, head, 0) || !standsAt(text, tail, end)) return false;
    let from = head.length;
    for (const part of middle) {
      const at = placeOf(text, part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= end;
  };
}
