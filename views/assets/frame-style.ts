/** The frame of every page: header with world, clock and question; places at the left, or in a row that scrolls sideways. */
export const frameStyle = `
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: var(--paper); z-index: 3; }
.f-top {
  display: flex;
  align-items: center;
  gap: 8px 16px;
  min-height: 52px;
  padding: 6px 20px;
  background: var(--paper);
  border-bottom: 1px solid var(--line);
}
.f-brand { display: flex; align-items: center; gap: 8px; color: var(--ink); font-weight: 700; text-decoration: none; white-space: nowrap; }
.f-drop { position: relative; margin: 0; min-width: 0; }
.f-drop > summary {
  display: flex;
  align-items: center;
  gap: 6px;
  min-height: 32px;
  max-width: 100%;
  padding: 4px 12px;
  border: 1px solid var(--line);
  border-radius: 16px;
  color: var(--ink);
  list-style: none;
  white-space: nowrap;
}
.f-drop > summary::-webkit-details-marker { display: none; }
.f-drop > summary::after { content: '▾'; content: '▾' / ''; color: var(--muted); }
.f-drop > summary:hover, .f-lang:hover { border-color: var(--edge); }
.f-drop > summary b { overflow: hidden; text-overflow: ellipsis; }
.f-drop[open] > summary { border-color: var(--accent); }
.f-panel {
  position: absolute;
  top: calc(100% + 8px);
  left: 0;
  z-index: 2;
  width: 344px;
  max-height: 75vh;
  overflow-y: auto;
  padding: 16px;
  background: var(--paper);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
}
.f-panel .f-title { margin: 16px 0 8px; color: var(--muted); font-size: 12px; font-weight: 600; }
.f-panel .f-title:first-child { margin-top: 0; }
.f-panel form { margin: 0 0 8px; }
.f-clock .c-actions .c-button { padding-left: 10px; padding-right: 10px; }
.f-dot { flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--accent); }
.f-dot.f-frozen { border-radius: 1px; background: var(--warn); }
#clock-menu .f-short { display: none; }
.f-worlds { max-height: 240px; margin: 0 0 8px; padding: 0; overflow-y: auto; list-style: none; }
.f-worlds a { display: block; padding: 6px 8px; border-radius: var(--radius); color: var(--ink); text-decoration: none; }
.f-worlds a:hover { background: var(--soft); }
.f-worlds a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.f-due { margin: 0 0 8px; padding: 0; list-style: none; }
.f-due li { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0; border-top: 1px solid var(--line); }
.f-due li:first-child { border-top: 0; }
.f-due time { color: var(--muted); white-space: nowrap; font-variant-numeric: tabular-nums; }
.f-why { flex: 1; display: flex; justify-content: flex-end; margin-left: auto; min-width: 0; }
.f-why input {
  width: 100%;
  max-width: 420px;
  height: 36px;
  padding: 0 12px;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--soft);
  color: var(--ink);
  font: inherit;
}
.f-why input, .c-search input { text-overflow: ellipsis; }
.f-why input::placeholder { color: var(--muted); opacity: 1; }
.f-languages { flex: none; margin-left: auto; }
.f-lang { display: block; padding: 5px 12px; border: 1px solid var(--line); border-radius: 16px; color: var(--ink); text-decoration: none; }
.f-body { display: grid; grid-template-columns: 200px minmax(0, 1fr); min-height: calc(100vh - 52px); }
.f-body.f-bare { display: block; }
.f-nav { padding: 16px 12px; border-right: 1px solid var(--line); }
.f-nav ul { margin: 0; padding: 0; list-style: none; }
.f-nav a {
  display: flex;
  justify-content: space-between;
  gap: 8px;
  padding: 7px 10px;
  border-radius: var(--radius);
  color: var(--ink);
  text-decoration: none;
  white-space: nowrap;
}
.f-nav a:hover { background: var(--soft); }
.f-nav a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.f-nav span { color: var(--muted); font-variant-numeric: tabular-nums; font-weight: 400; }
.f-nav a[aria-current] span { color: inherit; font-weight: 600; }
.f-nav li.f-second { margin-top: 16px; padding-top: 16px; border-top: 1px solid var(--line); }
.f-main { min-width: 0; padding: 20px; }
.f-main.read { background: var(--paper); padding: 0 0 32px; }
.f-foot { padding: 16px 20px; border-top: 1px solid var(--line); color: var(--muted); font-size: 12px; line-height: 16px; }
.f-foot p { margin: 0; }
.watermark { color: var(--ink); }

@media (max-width: 759.98px) {
  .f-top { flex-wrap: wrap; padding: 6px 12px; gap: 6px 8px; }
  .f-brand span { display: none; }
  /* World and clock beside the brand, below them the question and the language: two rows, however long a name is. */
  .f-world { flex: 1 1 48px; }
  .f-world > summary { box-sizing: border-box; width: fit-content; }
  .f-clock { flex: none; }
  .f-languages { margin-left: auto; }
  .f-drop > summary { gap: 4px; padding: 4px 8px; }
  .f-drop > summary::after { display: none; }
  .f-world > summary > span { display: none; }
  .f-drop { position: static; }
  .f-top { position: relative; }
  #clock-menu .f-short { display: inline; }
  #clock-menu .f-long { display: none; }
  .f-panel { top: 42px; left: 8px; right: 8px; width: auto; }
  .f-why { flex: 1 1 calc(100% - 104px); }
  .f-why input { max-width: none; }
  .f-why input::placeholder, .c-search input::placeholder { font-size: 12px; }
  .f-body { display: block; }
  .f-nav { padding: 6px 8px; overflow-x: auto; background: var(--paper); border-right: 0; border-bottom: 1px solid var(--line); scrollbar-width: thin; }
  .f-nav ul { display: flex; gap: 4px; width: max-content; }
  .f-nav [aria-current] { scroll-initial-target: nearest; }
  .f-nav li.f-second { margin: 0 0 0 4px; padding: 0 0 0 4px; border-top: 0; border-left: 1px solid var(--line); }
  .f-main { padding: 16px 12px; }
}
@media print {
  .f-top, .f-nav, .skip { display: none; }
  .f-body { display: block; }
  body { background: none; }
}
`
