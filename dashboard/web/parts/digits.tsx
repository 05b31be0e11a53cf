const NARROW_NO_BREAK = '\u202f';

/** A large figure: tabular figures would set the space between its thousands as wide as a digit. */
export function Digits({ of: figure }: { of: string }) {
  const groups = figure.split(NARROW_NO_BREAK);
  return (
    <>
      {groups.map((group, i) => (
        <>
          {i > 0 && <span class="thousands">{NARROW_NO_BREAK}</span>}
          {group}
        </>
      ))}
    </>
  );
}
