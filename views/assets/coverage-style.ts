/** The page of coverage: tiles that fill when they are met, on a screen and on paper. */
export const coverageStyle = `
.cv { max-width: 84rem; }
.cv-head { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.5rem 1.5rem; align-items: center; }
.cv-head .lead { margin: 0; }
.cv-scope { margin: 0 0 0.4rem; }
.cv-ring { width: 7.5rem; height: 7.5rem; }
.cv-ring circle { fill: none; stroke-width: 13; stroke: var(--line); }
.cv-ring .cv-ring-met { stroke: var(--sure); }
.cv-ring text { fill: var(--ink); font: 700 1.6rem var(--sans); }
.cv-group > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; margin: 2rem 0 0.75rem; }
.cv-group h2 { margin: 0; font-size: 1.25rem; }
.cv-group header p { margin: 0; }
.cv-sum { font-weight: 700; color: var(--sure); }
.cv-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.cv-tile {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  grid-auto-rows: max-content;
  gap: 0.3rem 0.75rem;
  padding: 0.75rem 0.9rem;
  border: 2px dashed var(--line);
  border-radius: 12px;
  font-size: 0.9rem;
  line-height: 1.45;
}
.cv-tile.cv-met { border: 2px solid var(--sure); background: var(--soft); }
.cv-tile h3 { margin: 0; font: 700 1.15rem/1.4 var(--mono); }
.cv-tile p { margin: 0; grid-column: 1 / -1; }
.cv-tile .cv-hits { grid-column: auto; color: var(--muted); font-size: 0.8rem; line-height: 1.6rem; white-space: nowrap; }
.cv-met .cv-hits { color: var(--sure); font-weight: 700; font-size: 1rem; }
.cv-met .cv-hits::before { content: '✓ '; content: '✓ ' / ''; }
.cv-tile .cv-text { color: var(--muted); font: 0.75rem/1.4 var(--mono); }
.cv-tile .cv-how { align-self: end; padding-top: 0.3rem; color: var(--muted); font-size: 0.8rem; }
.cv-further { margin-top: 2.5rem; padding: 1rem 0 0; border-top: 1px solid var(--line); text-align: left; }
.cv-further p { margin: 0 0 0.25rem; }
@media (max-width: 30rem) {
  .cv-head { gap: 0.5rem 1rem; }
  .cv-ring { width: 5.5rem; height: 5.5rem; }
  .cv-head .lead { font-size: 1rem; }
}
@media print {
  @page { margin: 10mm; }
  .cv { max-width: none; padding: 0; font-size: 0.8rem; }
  .cv .lead { font-size: 0.9rem; }
  .cv-ring { width: 5rem; height: 5rem; }
  .cv-ring, .cv-tile { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .cv-group > header { margin: 0.9rem 0 0.4rem; break-after: avoid; }
  .cv-tiles { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.35rem; }
  .cv-tile { padding: 0.4rem 0.5rem; border-width: 1px; border-radius: 6px; font-size: 0.68rem; line-height: 1.35; break-inside: avoid; }
  .cv-tile.cv-met { border-width: 1px; }
  .cv-tile h3 { font-size: 0.85rem; }
  .cv-met .cv-hits { font-size: 0.8rem; }
  .cv-tile .cv-text, .cv-tile .cv-how { font-size: 0.62rem; }
}
`
