/** What every page for people at the simulator begins with: text, links, code, and the pages that are read. */
export const style = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 16px; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--canvas);
  color: var(--ink);
  font: 14px/20px var(--sans);
  overflow-wrap: anywhere;
}
h1, h2, h3, h4 { line-height: 1.3; margin: 0 0 0.5rem; text-wrap: balance; }
h1 { font-size: 20px; }
h2, h3, h4 { font-size: 14px; }
p, ul { margin: 0 0 8px; }
p, li, dd, td { text-wrap: pretty; }
input:placeholder-shown { text-overflow: ellipsis; }
.read { font-size: 1rem; line-height: 1.6; }
.read h1 { font-size: 1.9rem; }
.read h2 { font-size: 1.4rem; margin-top: 3rem; }
.read h3 { font-size: 1.1rem; margin-top: 2rem; }
.read h4 { font-size: 0.9rem; margin-top: 1.25rem; color: var(--muted); }
.read p, .read ul { margin: 0 0 0.75rem; }
/* A name in Chinese stays in one piece. */
.read:lang(en) { word-break: keep-all; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
pre {
  margin: 0 0 1rem;
  padding: 0.8rem 1rem;
  background: var(--soft);
  border: 1px solid var(--line);
  border-radius: 8px;
  line-height: 1.5;
  white-space: pre-wrap;
}
pre code { font-size: inherit; }
pre.copy { border-left: 4px solid var(--accent); user-select: all; -webkit-user-select: all; }
dl, dd { margin: 0; }
details { margin-bottom: 1rem; }
summary { cursor: pointer; color: var(--accent); padding: 0.25rem 0; }

.page { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 0; }
.lead { font-size: 1.15rem; color: var(--muted); max-width: 46rem; text-wrap: pretty; }
.button {
  display: inline-block;
  padding: 0.55rem 1.1rem;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  text-decoration: none;
}
.button:hover { text-decoration: underline; }
.aside, .path { color: var(--muted); font-size: 0.875rem; }
.flow {
  display: grid;
  gap: 1.75rem;
  margin: 2rem 0 16px;
  padding: 0;
  list-style: none;
}
.flow li {
  position: relative;
  display: grid;
  align-content: start;
  gap: 0.25rem;
  padding: 0.9rem 1rem;
  border: 1px dashed var(--line);
  border-radius: var(--radius);
}
.flow li.played { background: var(--soft); border: 1px solid var(--line); }
.flow span { text-wrap: pretty; color: var(--muted); font-size: 0.9rem; line-height: 1.45; }
.flow .c-chip { margin-top: 0.25rem; justify-self: start; color: var(--accent); font-size: 12px; }
.flow li + li::before {
  content: '';
  position: absolute;
  top: -1.3rem;
  left: calc(50% - 0.35rem);
  width: 0.65rem;
  height: 0.65rem;
  border: solid var(--accent);
  border-width: 0 3px 3px 0;
  transform: rotate(45deg);
}
.cards { display: grid; gap: 1rem; margin: 0; padding: 0; list-style: none; }
.cards li { padding: 1rem; border: 1px solid var(--line); border-radius: var(--radius); }
.cards li > h3 { margin: 0; }
.cards p { margin: 0.4rem 0 0; }
.places { display: grid; gap: 0.9rem 2rem; }
.places dt code { color: var(--muted); font-size: 0.8rem; }

@media (min-width: 44rem) {
  .flow { grid-template-columns: repeat(4, 1fr); }
  .flow li + li::before { top: calc(50% - 0.35rem); left: -1.25rem; transform: rotate(-45deg); }
  .cards { grid-template-columns: repeat(3, 1fr); }
  .places { grid-template-columns: repeat(2, 1fr); }
}
@media print { .contents { display: none; } }
`
