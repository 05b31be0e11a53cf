const TOKENS = {
  line: '--up-mark',
  trouble: '--degraded-mark',
  text: '--text',
  quiet: '--text-quiet',
  grid: '--line',
  band: '--closed-surface',
  threshold: '--degraded-mark',
  surface: '--surface',
} as const;

/** The wall's colours as a canvas needs them: resolved for the theme in force. */
export function coloursFor(element: HTMLElement): Record<keyof typeof TOKENS, string> {
  const kept = element.style.color;
  const entries = Object.entries(TOKENS).map(([name, token]) => {
    element.style.color = `var(${token})`;
    return [name, getComputedStyle(element).color];
  });
  element.style.color = kept;
  return Object.fromEntries(entries) as Record<keyof typeof TOKENS, string>;
}
