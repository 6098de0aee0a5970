/**
 * What pages of the console are built of; `/styleguide` shows all of it. What scrolls sideways begins where one is, and
 * its end fades as long as there is more.
 */
export const componentStyle = `
@property --more { syntax: '<length>'; inherits: false; initial-value: 0px; }
@keyframes more { from { --more: 32px; } to { --more: 0px; } }
.c-tabs, .c-filters, .c-wide, .f-nav {
  mask-image: linear-gradient(to right, #000 calc(100% - var(--more)), transparent);
  animation: more linear both;
  animation-timeline: scroll(self inline);
}
.c-tabs, .f-nav { scroll-padding-left: 120px; }
.c-filters { scroll-padding-left: 176px; }
:is(.c-tabs, .c-filters) [aria-current] { scroll-initial-target: nearest; }
.c-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; margin-bottom: 16px; }
.c-head h1 { margin: 0; line-height: 28px; overflow-wrap: anywhere; }
.c-crumbs { margin: 0 0 4px; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0 6px; color: var(--muted); }
.c-crumbs li + li::before { content: '/'; content: '/' / ''; margin-right: 6px; }
.c-crumbs a { color: var(--muted); }
.c-muted { color: var(--muted); }
.c-small { color: var(--muted); font-size: 12px; line-height: 16px; }
.c-num { font-variant-numeric: tabular-nums; }
.c-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.c-chip {
  display: inline-block;
  max-width: 100%;
  padding: 2px 9px;
  border-radius: 12px;
  background: var(--plain);
  color: var(--plain-ink);
  font-size: 12px;
  font-weight: 600;
  line-height: 20px;
  font-variant-numeric: tabular-nums;
}
.c-good { background: var(--accent-soft); color: var(--accent); }
.c-bad { background: var(--fault-soft); color: var(--fault); }
.c-warn { background: var(--warn-soft); color: var(--warn); }
.c-attention { color: var(--fault); }

.c-panel { margin: 0 0 16px; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); }
.c-panel > :not(.c-flush) { margin-left: 16px; margin-right: 16px; }
.c-panel > :first-child:not(.c-flush) { margin-top: 16px; }
.c-panel > :last-child:not(.c-flush) { margin-bottom: 16px; }
.c-panel > h2 { margin-bottom: 12px; }
.f-main > section + section:not(.c-panel) { margin-top: 24px; }
.c-split { display: grid; grid-template-columns: minmax(0, 1fr) 320px; gap: 20px; align-items: start; }
.c-two { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 16px; align-items: start; }

.c-chart-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 4px 16px; }
.c-chart-head h2 { margin: 0; }
.c-legend { display: flex; flex-wrap: wrap; gap: 0 12px; margin: 0; padding: 0; list-style: none; }
.c-legend svg { display: inline-block; width: 8px; height: 8px; margin-right: 4px; }
.c-chart-head + p { margin-top: 0; margin-bottom: 4px; }
.c-bars { display: block; width: calc(100% - 32px); height: 104px; overflow: visible; }
.c-bars text { fill: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; }
.c-bars line { stroke: var(--line); }
.c-bar-hit { fill: transparent; }
.c-bars a:hover .c-bar-hit, .c-bars [aria-current] .c-bar-hit { fill: var(--accent-soft); }
.c-chart .c-more > summary { padding: 2px 0; font-size: 12px; }
.c-bar-reached { fill: var(--accent); }
.c-bar-refused { fill: var(--fault); }
.c-bar-failed { fill: var(--amber); }
.c-bar-pending { fill: var(--edge); }
.c-scroll { max-height: 320px; overflow: auto; }
.c-table { width: 100%; border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
.c-table th, .c-table td { padding: 4px 8px; border-top: 1px solid var(--line); text-align: right; font-weight: 400; white-space: nowrap; }
.c-table th:first-child { text-align: left; }
.c-table thead th { border-top: 0; color: var(--muted); }
.c-answer { margin-bottom: 16px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
.c-narrow { display: none; }
.c-rows { display: grid; grid-template-columns: minmax(128px, auto) minmax(120px, 1fr) minmax(0, 2.4fr) auto; column-gap: 16px; margin: 0 0 16px; padding: 0; list-style: none; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); }
.c-rows > li, .c-row { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; }
.c-row {
  align-items: center;
  min-height: 60px;
  padding: 9px 16px;
  border-top: 1px solid var(--line);
  color: inherit;
  text-decoration: none;
}
.c-rows > li:first-child > .c-row { border-top: 0; border-radius: var(--radius) var(--radius) 0 0; }
.c-rows > li:last-child > .c-row { border-radius: 0 0 var(--radius) var(--radius); }
.c-row > * { min-width: 0; }
a.c-row:hover { background: var(--soft); }
.c-row strong, .c-row small { display: block; overflow: hidden; text-overflow: ellipsis; }
.c-row .c-line { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.c-row strong, .c-row small { white-space: nowrap; }
/* Why something is as it is is read whole. */
.c-row .c-line + small { white-space: normal; }
.c-row small { color: var(--muted); font-size: 12px; line-height: 18px; }
.c-row time { color: var(--muted); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.c-row.c-item { align-items: start; }
.c-row.c-item strong, .c-row.c-item small, .c-row.c-item .c-line { white-space: normal; overflow: visible; }
.c-item-action form, .c-item-action .c-button { margin: 0; }
/* A question has the width of its row, below what it is about. */
.c-row.c-item > .c-item-action:has(details[open]) { grid-area: auto / 2 / auto / -1; margin-top: 8px; }
.c-item-more { grid-column: 2 / -1; }
.c-stacked > :nth-child(2), .c-stacked > :nth-child(3) { grid-column: 2 / 4; }
.c-stacked > .c-item-action { grid-area: 1 / 4; }
.c-stacked strong, .c-row.c-stacked strong + small { display: inline; }
.c-item-more > :last-child { margin-bottom: 0; }
.c-new > .c-row { background: var(--accent-soft); }

.c-filters { display: flex; gap: 8px; margin: 0 0 12px; padding: 2px; overflow-x: auto; scrollbar-width: thin; list-style: none; }
.c-filters.c-wrapped { flex-wrap: wrap; }
.c-filters > * { flex: none; }
.c-filters a, .c-filters summary, .c-filters button {
  display: block;
  padding: 4px 12px;
  border: 1px solid var(--line);
  border-radius: 16px;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  text-decoration: none;
  white-space: nowrap;
  cursor: pointer;
}
.c-filters a:hover, .c-filters button:hover { border-color: var(--edge); }
.c-filters [aria-current], .c-filters [aria-pressed='true'] { background: var(--accent-soft); border-color: var(--accent-soft); color: var(--accent); font-weight: 600; }
.c-filter-note { order: -1; align-self: center; color: var(--muted); }
.c-search { display: flex; gap: 8px; margin: 0 0 12px; }
.c-search input { flex: 1; }
.c-tabs { display: flex; gap: 4px; margin: 0 0 16px; overflow-x: auto; scrollbar-width: thin; border-bottom: 1px solid var(--line); }
.c-tabs a { flex: none; padding: 8px 12px; border-bottom: 2px solid transparent; color: var(--muted); text-decoration: none; white-space: nowrap; }
.c-tabs a:hover { color: var(--ink); }
.c-tabs a[aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 600; }

.c-facts { display: grid; grid-template-columns: minmax(96px, max-content) minmax(0, 1fr); gap: 8px 16px; margin: 0 0 16px; }
.c-facts dt { color: var(--muted); min-width: 0; }
.c-facts dd { min-width: 0; }
.c-code { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: 4px 8px; margin: 0 0 12px; }
.c-code pre { grid-column: 1 / -1; }
.c-code pre { margin: 0; padding: 12px; border: 0; border-radius: var(--radius); background: var(--soft); font-size: 12px; line-height: 18px; max-height: 60vh; overflow: auto; }
.c-code figcaption { color: var(--muted); font-size: 12px; }
.c-code pre code { font-size: inherit; }
.c-copy { grid-column: 2; }

.c-banner { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; margin: 0 0 16px; padding: 12px 16px; border-radius: var(--radius); background: var(--accent-soft); }
.c-banner.c-stays { position: sticky; top: 8px; z-index: 1; }
.c-banner > div { flex: 1 1 240px; min-width: 0; }
.c-banner p { margin: 4px 0 0; }
.c-banner p:first-child { margin: 0; }
.c-banner ul { margin: 4px 0 0; padding-left: 20px; }
.c-banner strong { color: var(--accent); }
.c-banner.c-is-bad { background: var(--fault-soft); }
.c-banner.c-is-bad strong { color: var(--fault); }
.c-banner.c-is-warn { background: var(--warn-soft); }
.c-banner.c-is-warn strong { color: var(--warn); }

.c-button {
  display: inline-block;
  min-height: 36px;
  margin: 0;
  padding: 7px 16px;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--paper);
  color: var(--accent);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.c-button:hover { border-color: var(--accent); }
.c-button.c-primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.c-button.c-primary:hover { text-decoration: underline; }
.c-button.c-danger { border-color: var(--fault); color: var(--fault); }
.c-button.c-danger:hover { background: var(--fault-soft); }
.c-button.c-little { min-height: 28px; padding: 3px 10px; font-size: 12px; }
.c-actions { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 0 0 8px; }
.c-actions form { margin: 0; }

.c-form { display: grid; gap: 16px; margin: 0 0 16px; max-width: 480px; justify-items: start; }
fieldset.c-form { width: 100%; min-width: 0; margin: 0; padding: 0; border: 0; gap: 12px; }
.c-form > .c-panel { width: 100%; margin: 0; }
.c-panel h3 { margin-top: 16px; }
.c-head time, .f-main p time { white-space: nowrap; }
.c-form legend { padding: 0; margin-bottom: 8px; color: var(--muted); }
.c-field { display: grid; gap: 4px; width: 100%; margin: 0; }
.c-field > label, .c-label { font-weight: 600; }
.c-label { display: flex; justify-content: space-between; gap: 16px; }
.c-label output { color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; }
.c-label output.c-over { color: var(--fault); font-weight: 600; }
.c-field p { margin: 0; }
.c-input {
  width: 100%;
  min-height: 36px;
  padding: 7px 10px;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}
textarea.c-input { min-height: 76px; resize: vertical; }
.c-input::placeholder { color: var(--muted); opacity: 1; }
.c-input[aria-invalid] { border-color: var(--fault); box-shadow: inset 0 0 0 1px var(--fault); }
.c-error { color: var(--fault); font-weight: 600; }

.c-empty { padding: 32px 16px; text-align: center; }
.c-empty h2 { margin-bottom: 4px; }
.c-empty p { max-width: 480px; margin: 0 auto 12px; color: var(--muted); }
.c-empty .c-actions { justify-content: center; }
.c-older { margin: 0 0 16px; color: var(--muted); font-size: 12px; }
.c-older a, .c-older form { display: inline-block; }
.c-fresh { position: fixed; top: 8px; left: 50%; z-index: 2; translate: -50%; }
.c-progress { margin: 0 0 16px; }
.c-progress progress { display: block; width: 100%; height: 8px; margin: 0 0 8px; accent-color: var(--accent); }
.c-more { margin: 0 0 8px; }
.c-more > summary { padding: 6px 0; }
.c-confirm { display: inline-block; margin: 0; max-width: 100%; }
.c-confirm > summary { list-style: none; }
.c-confirm > summary::-webkit-details-marker { display: none; }
.c-confirm[open] { display: block; box-sizing: border-box; flex-basis: 100%; padding: 12px; border: 1px solid var(--fault); border-radius: var(--radius); }
.c-confirm .c-form { margin-bottom: 0; }
.c-confirm[open] > summary { border: 0; min-height: 0; padding: 0 0 8px; text-align: left; background: none; }

@media (max-width: 1079.98px) {
  .c-split, .c-two { grid-template-columns: minmax(0, 1fr); }
  .c-narrow { display: inline; }
}
@media (max-width: 759.98px) {
  .c-rows, .c-rows > li { display: block; }
  .c-row { grid-template-columns: minmax(0, 1fr) auto; padding: 9px 12px; gap: 2px 12px; }
  .c-row > :nth-child(1) { order: 1; }
  .c-row > time { order: 2; }
  .c-row > :nth-child(2) { order: 3; grid-column: 1 / -1; }
  .c-row > :nth-child(3) { order: 4; grid-column: 1 / -1; }
  .c-row strong { display: inline; }
  .c-row small { white-space: normal; }
  .c-row strong + small { display: inline-block; margin-left: 4px; overflow: visible; }
  .c-row.c-item > .c-item-action { grid-area: auto; order: 2; }
  .c-row.c-item > .c-item-action:has(details[open]) { grid-area: auto; grid-column: 1 / -1; order: 5; }
  .c-row.c-item > .c-item-more { order: 5; grid-column: 1 / -1; }
  .c-button { min-height: 44px; padding: 11px 16px; }
  .c-button.c-little { min-height: 32px; padding: 5px 12px; }
  .c-input { min-height: 44px; font-size: 16px; }
  .c-filters a, .c-filters button { padding: 8px 14px; border-radius: 20px; }
  .c-facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .c-facts dd { margin-bottom: 8px; }
}
@media print {
  .c-search, .c-filters, .c-tabs, .c-copy, .c-button, .c-older { display: none; }
}
`
