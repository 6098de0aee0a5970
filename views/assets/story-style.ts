/** What stands in the pages of a message and of the journal: the picture of a story, decisions, headers. */
export const storyStyle = `
.c-wide { overflow-x: auto; scrollbar-width: thin; }
.c-story { display: block; width: 100%; min-width: 560px; max-width: 760px; margin: 0 auto; font-family: var(--sans); }
.c-story text { fill: var(--ink); font-size: 12px; text-anchor: middle; }
.c-story .st-lane { fill: var(--muted); font-weight: 600; }
.c-story .st-detail { fill: var(--muted); font-size: 11px; font-variant-numeric: tabular-nums; }
.st-life { stroke: var(--line); stroke-width: 1.5; }
.st-hit { fill: transparent; }
.st-way, .st-head { fill: none; stroke: var(--muted); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.st-good :is(.st-way, .st-head) { stroke: var(--accent); }
.st-bad :is(.st-way, .st-head) { stroke: var(--fault); }
.st-later :is(.st-way, .st-head) { stroke: var(--warn); }
.st-later .st-way { stroke-dasharray: 4 4; }
.st-note { fill: var(--plain); }
.st-good .st-note { fill: var(--accent-soft); }
.st-bad .st-note { fill: var(--fault-soft); }
.st-later .st-note { fill: var(--warn-soft); }
.c-story .st-good .st-said, .c-story a.st-good .st-said { fill: var(--accent); }
.c-story .st-bad .st-said { fill: var(--fault); font-weight: 600; }
.c-story .st-later .st-said { fill: var(--warn); }
.c-story a:hover .st-said { text-decoration: underline; }
.c-story a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.c-legs { margin: 0 0 8px; padding: 0; list-style: none; font-size: 12px; line-height: 20px; }
.c-legs li { display: grid; grid-template-columns: 60px minmax(0, 1fr); gap: 8px; overflow-wrap: anywhere; }
.c-legs time { color: var(--muted); font-variant-numeric: tabular-nums; }

.c-checks { margin: 0 0 12px; padding: 0; list-style: none; }
.c-checks li { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 4px; padding: 6px 0; border-top: 1px solid var(--line); }
.c-checks li:first-child { border-top: 0; padding-top: 0; }
.c-checks .c-mark { color: var(--accent); }
.c-checks .c-is-refusing, .c-checks .c-is-refusing .c-mark { color: var(--fault); font-weight: 600; }
.c-checks code { font-weight: 400; }
.c-evidence .c-facts { margin: 0; gap: 4px 16px; }
.c-evidence { margin: 6px 0 4px; padding: 12px; color: var(--ink); font-weight: 400; border-radius: var(--radius); background: var(--soft); font-size: 12px; line-height: 18px; }
.c-evidence dd { font-family: var(--mono); overflow-wrap: anywhere; }
.c-panel-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; margin-bottom: 12px; }
.c-panel-head h2 { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.c-headers { font-family: var(--mono); font-size: 12px; line-height: 18px; }
.c-headers dt, .c-headers dd { overflow-wrap: anywhere; }
.c-fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 12px 16px; align-items: end; margin: 8px 0 12px; }
@media (max-width: 759.98px) {
  .c-row strong { white-space: normal; overflow-wrap: anywhere; }
}
@media print {
  .c-story { max-width: none; }
}
`
