/** What the frame needs around a phone, where the look of all pages is WeChat's; on a phone's own screen it is one row. */
export const aroundStyle = `
.ph-page { --radius: 8px; display: flex; flex-direction: column; }
.ph-page :is(.f-top, .f-nav, .f-foot) { flex: none; font: 14px/20px var(--sans); }
.ph-page :is(.f-top, .f-nav, .f-foot), .ph-page :is(.f-top, .f-nav, .f-foot) * { box-sizing: border-box; }
.f-top { color: var(--ink); }
.f-top :is(p, ul) { margin: 0 0 8px; }
.f-top summary { cursor: pointer; }
.ph-page .f-foot { background: var(--canvas); }
.ph-page .f-nav { background: var(--canvas); }
.f-fold { display: none; }
@media (min-width: 760px) {
  .ph-page .f-body { flex: 1; min-height: 0; }
  .ph-page .f-main { width: auto; }
}
@media (max-width: 759.98px) {
  .ph-page .f-body { display: flex; flex-direction: column; flex: 1; min-height: 0; }
  .ph-page .f-main { padding: 0; }
  .ph-page .f-top { display: grid; grid-template-columns: auto minmax(0, max-content) max-content minmax(max-content, 1fr); padding: 4px 8px; min-height: 44px; }
  .ph-page .f-fold { display: block; grid-area: 1 / 4; justify-self: end; }
  .f-fold > summary { padding: 5px 8px; border: 1px solid var(--line); border-radius: 16px; list-style: none; white-space: nowrap; }
  .f-fold > summary::-webkit-details-marker { display: none; }
  .f-fold[open] > summary { border-color: var(--accent); color: var(--accent); }
  .ph-page:not(:has(.f-fold[open])) :is(.f-why, .f-languages, .f-nav) { display: none; }
  .ph-page .f-top > .f-why { grid-area: 2 / 1 / auto / 5; width: 0; min-width: calc(100% - 84px); margin: 0; }
  .ph-page .f-why input { text-overflow: ellipsis; }
  .ph-page .f-languages { grid-area: 2 / 4; margin: 0; justify-self: end; }
  .ph-page #clock-menu summary > b { display: none; }
  .ph-page .f-foot { order: -1; padding: 1px 8px; font-size: 12px; line-height: 16px; border: 0; background: var(--stripe); text-align: center; text-wrap: balance; }
  .ph-page .f-foot .watermark { color: var(--on-stripe); }
  .ph-page .f-version { display: none; }
}
@media (max-width: 379.98px) {
  .ph-page .f-top { grid-template-columns: 0 minmax(0, max-content) max-content minmax(max-content, 1fr); column-gap: 6px; }
  .ph-page .f-brand { visibility: hidden; }
}
`
