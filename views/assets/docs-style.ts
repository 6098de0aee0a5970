/** What the documentation adds to the look of every page. */
export const docsStyle = `
.docs { padding: 0 1rem; }
.contents { display: none; }
.content { max-width: 75rem; padding-top: 1.25rem; min-width: 0; }
.content > p, .part > p, .points { max-width: 46rem; }
.hidden-label {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.search { display: flex; gap: 0.5rem; max-width: 34rem; margin-bottom: 1.25rem; }
.search input[type='search'] {
  flex: 1;
  min-width: 0;
  padding: 0.5rem 0.8rem;
  border: 1px solid var(--muted);
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}
.search input::placeholder { color: var(--muted); opacity: 1; }
.search button {
  padding: 0.5rem 1rem;
  border: 0;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
.crumbs ol { display: flex; flex-wrap: wrap; gap: 0.25rem; margin: 0 0 0.5rem; padding: 0; list-style: none; font-size: 0.9rem; }
.crumbs li::after { content: '/'; margin-left: 0.4rem; margin-right: 0.15rem; color: var(--muted); }
.crumbs a { display: inline-block; padding: 0.15rem 0; }
.part h2 { margin-top: 2.25rem; }
.points { padding-left: 1.2rem; }
.points li { margin-bottom: 0.35rem; }
.topics { display: grid; gap: 0 2.5rem; }
.topics h2 { margin-top: 1.75rem; font-size: 1.15rem; }
.topics ul, .all, .results, .neighbours { margin: 0; padding: 0; list-style: none; }
.topics li { padding: 0.45rem 0; border-top: 1px solid var(--line); }
.topics a { font-weight: 600; }
.topics li p { margin: 0; color: var(--muted); font-size: 0.925rem; }
.all { column-width: 19rem; column-gap: 2.5rem; font-size: 0.9rem; }
.all li { padding: 0.2rem 0; break-inside: avoid; }
.all a { display: inline-block; padding: 0.1rem 0; }
.all span { color: var(--muted); }
.read :target { background: var(--stripe); color: var(--on-stripe); box-shadow: 0 0 0 0.3rem var(--stripe); border-radius: 2px; }
.read :target :not(.code, .badge) { color: inherit; }
.method {
  padding: 0.1rem 0.4rem;
  border-radius: 4px;
  background: var(--accent);
  color: var(--on-accent);
  font-size: 0.8rem;
}
.call { margin-bottom: 0; }
.badge {
  padding: 0.05rem 0.4rem;
  border: 1px solid currentcolor;
  border-radius: 1rem;
  font-size: 0.75rem;
  white-space: nowrap;
}
.documented { color: var(--sure); }
.reported { color: var(--half); }
.assumed { color: var(--guess); }
.kind { color: var(--muted); }
.status { font-weight: 400; font-size: 0.9rem; color: var(--muted); }
.sides h2 { font-size: 1.1rem; margin-top: 1.75rem; }
.sides p.aside { margin-bottom: 0.5rem; }
.field-rows > div, .refusals > div, .glance > div { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.field-rows dt { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; }
.field-rows .name { font-weight: 700; }
.type, .place, .limits, .required { font-size: 0.8rem; color: var(--muted); }
.type { font-family: var(--mono); }
.required { color: var(--guess); }
.field-rows p { margin: 0; font-size: 0.925rem; }
.field-rows .limits { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.8rem; }
.refusals dt { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.refusals dd, .glance dd { font-size: 0.925rem; color: var(--muted); }
.refusals .aside, td .aside { white-space: nowrap; }
.copyable { position: relative; }
.copyable pre { margin-bottom: 0.75rem; }
.copy-button {
  position: absolute;
  top: 0.4rem;
  right: 0.4rem;
  padding: 0.2rem 0.6rem;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--paper);
  color: var(--accent);
  font: 600 0.8rem/1.5 var(--sans);
  cursor: pointer;
}
.copy-button:hover { border-color: var(--accent); }
.copyable:has(.copy-button:not([hidden])) pre { padding-top: 2.3rem; }
.example { margin: 0; border-top: 1px solid var(--line); }
.example:last-of-type { border-bottom: 1px solid var(--line); }
.example summary { padding: 0.45rem 0; font-weight: 600; }
.scroll { overflow: auto; margin-bottom: 1rem; border: 1px solid var(--line); border-radius: 8px; }
.scroll.tall { max-height: 75vh; }
.scroll table { width: 100%; border-collapse: collapse; font-size: 0.9rem; line-height: 1.5; }
.scroll th, .scroll td { padding: 0.5rem 0.8rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
.scroll tbody:first-child tr:first-child > *, .scroll thead th { border-top: 0; }
.scroll thead th { font-size: 0.8rem; font-weight: 600; color: var(--muted); background: var(--soft); white-space: nowrap; }
.scroll tbody th .code { font-weight: 700; }
.outcomes, .settings { min-width: 30rem; }
.outcomes th[scope='row'] { width: 24%; }
.outcomes td:nth-child(2) { width: 36%; }
.outcomes td:nth-child(3), .settings td:not(:nth-child(2)) { overflow-wrap: normal; }
.act { display: block; color: var(--guess); }
.act.done { color: var(--sure); }
.act.retry, .act.wait { color: var(--half); }
.settings code.name, .outcomes code.name { display: block; overflow-wrap: normal; white-space: nowrap; }
.outcomes code.name { font-weight: 700; }
.results li { padding: 0.7rem 0; border-top: 1px solid var(--line); max-width: 50rem; }
.results a { font-weight: 600; }
.results p { margin: 0.1rem 0 0; font-size: 0.925rem; }
.results p a { font-weight: 400; }
mark { background: var(--stripe); color: var(--on-stripe); border-radius: 2px; }
.neighbours { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 2rem; margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.neighbours span { display: block; color: var(--muted); font-size: 0.85rem; }
.neighbours a { font-weight: 600; }

@media (min-width: 44rem) {
  .glance > div { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1rem; }
  .topics { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .codes th { width: 45%; }
}
@media (max-width: 43.99rem) {
  .scroll table, .scroll tbody, .scroll tr, .scroll th, .scroll td { display: block; }
  .scroll table { min-width: 0; }
  .scroll thead { display: none; }
  .scroll td { border-top: 0; padding-top: 0; }
  .outcomes th[scope='row'], .outcomes td:nth-child(2) { width: auto; }
  .outcomes th[scope='row'] { font-weight: 600; }
  td[data-label]::before { content: attr(data-label) ': '; color: var(--muted); font-size: 0.85rem; }
  td.nothing { display: none; }
}
@media (min-width: 62rem) {
  .docs { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; padding: 0 1.5rem; }
  .contents {
    display: block;
    position: sticky;
    top: 0;
    max-height: 100vh;
    overflow-y: auto;
    align-self: start;
    padding: 1.25rem 0.5rem 2rem 0;
    font-size: 0.9rem;
  }
  .contents p { margin: 1rem 0 0.25rem; color: var(--muted); font-size: 0.8rem; font-weight: 600; }
  .contents p:first-child { margin-top: 0; }
  .contents ul { margin: 0; padding: 0; list-style: none; }
  .contents ul ul { padding-left: 0.8rem; border-left: 1px solid var(--line); font-size: 0.85rem; }
  .contents a { display: block; padding: 0.15rem 0; color: var(--ink); text-decoration: none; }
  .contents a:hover { text-decoration: underline; }
  .contents a[aria-current] { color: var(--accent); font-weight: 600; }
  .sides {
    display: grid;
    grid: 'taken shown' auto 'refused shown' 1fr / minmax(0, 1fr) minmax(0, 1fr);
    gap: 0 2.5rem;
    align-items: start;
  }
  .taken { grid-area: taken; }
  .shown { grid-area: shown; }
  .refused { grid-area: refused; }
}
@media print {
  .search, .copy-button, .neighbours, .crumbs { display: none; }
  .docs, .sides { display: block; }
  .scroll, .scroll.tall { max-height: none; overflow: visible; }
  .outcomes, .settings { min-width: 0; }
}
`
