/** The page of coverage: tiles that fill when they are met, on a screen and on paper. */
export const coverageStyle = `
.cv { max-width: 84rem; }
.cv-head { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.5rem 1.5rem; align-items: center; }
.cv-head .c-muted { margin: 0; }
.cv-scope { margin: 0 0 0.4rem; }
.cv-ring { width: 7.5rem; height: 7.5rem; }
.cv-ring circle { fill: none; stroke-width: 13; stroke: var(--line); }
.cv-ring .cv-ring-met { stroke: var(--sure); }
.cv-ring text { fill: var(--ink); font: 700 1.6rem var(--sans); }
.cv-group > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; margin: 2rem 0 0.75rem; }
.cv-group h2 { margin: 0; font-size: 1rem; }
.cv-group header p { margin: 0; }
.cv-sum { font-weight: 700; color: var(--sure); }
.cv-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.cv-tile {
  display: flex;
  flex-direction: column;
  gap: 0.35rem;
  padding: 0.75rem 0.9rem;
  border: 2px dashed var(--line);
  border-radius: 12px;
  font-size: 0.9rem;
  line-height: 1.45;
}
.cv-tile.cv-met { border: 2px solid var(--sure); background: var(--paper); }
.cv-name { display: flex; align-items: baseline; justify-content: space-between; gap: 0.75rem; }
.cv-tile h3 { margin: 0; font: 700 1rem/1.4 var(--mono); }
.cv-tile p { margin: 0; }
.cv-tile .cv-hits { color: var(--muted); font-size: 0.8rem; white-space: nowrap; }
.cv-met .cv-hits { color: var(--sure); font-weight: 700; font-size: 1rem; }
.cv-met .cv-hits::before { content: '✓ '; content: '✓ ' / ''; }
.cv-tile .cv-text { color: var(--muted); font: 0.75rem/1.4 var(--mono); }
.cv-tile .cv-how { margin-top: auto; padding-top: 0.3rem; color: var(--muted); font-size: 0.8rem; }
.cv-further { margin-top: 2.5rem; padding: 1rem 0 0; border-top: 1px solid var(--line); text-align: left; }
.cv-further p { margin: 0 0 0.25rem; }
@media (max-width: 30rem) {
  .cv-head { gap: 0.5rem 1rem; }
  .cv-ring { width: 5.5rem; height: 5.5rem; }
}
@media print {
  @page { margin: 8mm; }
  .cv { max-width: none; padding: 0; }
  .cv h1 { margin: 0; font-size: 1.3rem; }
  .cv h2 { font-size: 0.95rem; }
  .cv-scope, .cv-head .c-muted, .cv-group > header { font-size: 0.75rem; }
  .cv-group .aside, .cv-further { font-size: 0.65rem; }
  .cv-ring { width: 4rem; height: 4rem; }
  .cv-ring, .cv-tile { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  /* Two small groups share a line. */
  .cv-few { display: inline-block; width: 49.4%; vertical-align: top; }
  .cv-few + .cv-few { margin-left: 1.2%; }
  .cv-group > header { margin: 0.5rem 0 0.3rem; break-after: avoid; }
  .cv-tiles { grid-template-columns: repeat(auto-fill, minmax(38mm, 1fr)); gap: 1.2mm; }
  .cv-tile {
    gap: 0.1rem;
    padding: 1.2mm 2mm;
    border-radius: 1.5mm;
    font-size: 0.62rem;
    line-height: 1.3;
    break-inside: avoid;
  }
  .cv-tile, .cv-tile.cv-met { border-width: 1px; }
  .cv-tile h3 { font-size: 0.72rem; }
  .cv-tile .cv-hits, .cv-met .cv-hits { font-size: 0.65rem; }
  .cv-tile:not(.cv-met) .cv-hits { display: none; }
  .cv-tile .cv-text, .cv-tile .cv-how { font-size: 0.56rem; padding: 0; }
  .cv-further { margin-top: 0.6rem; padding-top: 0.3rem; }
  .cv-further p + p { display: none; }
  main ~ footer { padding: 0; }
}
`
