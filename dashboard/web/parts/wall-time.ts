/** `2026-12-01T22:00`, by the reader's clock, as a field for dates and hours takes it. */
export function wallTime(at: number): string {
  const ahead = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - ahead).toISOString().slice(0, 16);
}
