/** One small sheet for the page and for the sheet of QR codes: no script, no font, legible on any phone. */
export const STORE_PAGE_STYLE = `
:root { color-scheme: light dark; --text: light-dark(#14202b, #e8edf2); --quiet: light-dark(#4f5d6a, #97a4b1);
  --ground: light-dark(#eceff2, #0c1014); --surface: light-dark(#ffffff, #141a20); --line: light-dark(#d5dce2, #26303a);
  --up: light-dark(#17706f, #5fc5b4); --down: light-dark(#b32d12, #fb6f48); --link: light-dark(#0f5f9e, #7cc0ff); }
* { box-sizing: border-box; margin: 0; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; background: var(--ground); color: var(--text); padding: 1rem; }
main { max-width: 34rem; margin: 0 auto; display: grid; gap: 1rem; }
h1 { font-size: 1.375rem; line-height: 1.25; } h2 { font-size: 1rem; color: var(--quiet); }
section, .card { background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; display: grid; gap: .75rem; }
.state { font-size: 1.125rem; font-weight: 600; } .state[data-state="down"], .down { color: var(--down); } .up { color: var(--up); }
.quiet { color: var(--quiet); font-size: .9375rem; } ul { list-style: none; padding: 0; display: grid; gap: .75rem; }
li + li { border-top: 1px solid var(--line); padding-top: .75rem; } .head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; }
button, summary { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; border-radius: .375rem; border: 1px solid var(--line);
  background: transparent; color: var(--link); cursor: pointer; width: 100%; text-align: center; }
button.main { background: var(--link); color: var(--surface); border-color: var(--link); font-weight: 600; }
summary { list-style: none; margin-top: .5rem; } summary::-webkit-details-marker { display: none; }
form { display: grid; gap: .5rem; margin-top: .5rem; } .row { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
label { display: flex; gap: .5rem; align-items: center; min-height: 2.5rem; } input[type="radio"] { width: 1.25rem; height: 1.25rem; }
input[type="text"] { font: inherit; width: 100%; min-height: 2.75rem; padding: .5rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--ground); color: var(--text); }
a { color: var(--link); } .note { border-color: var(--up); }
.sheet { max-width: none; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
.sheet h1 { grid-column: 1 / -1; } .sheet .card { text-align: center; break-inside: avoid; } .sheet svg { width: 100%; max-width: 14rem; margin: 0 auto; background: #fff; }
@media print { body { background: #fff; color: #000; } .card { border: 1px dashed #888; } }
`;
