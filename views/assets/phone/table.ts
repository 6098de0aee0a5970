/** The table on which phones lie, and how they lie on it. */
export const tableStyle = `
.ph-table { background: var(--ph-bg); padding-bottom: 24px; }
.ph-table a { color: var(--ph-link); }
.ph-table .ph-line { color: inherit; text-decoration: none; flex: 1; min-width: 0; }
.ph-head { padding: 24px 16px 8px; }
.ph-head h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.3; }
.ph-head p { margin: 0; color: var(--weui-FG-1); font-size: 15px; }
.ph-person { display: flex; align-items: stretch; }
.ph-person .ph-line-last { flex-wrap: wrap; gap: 0 10px; }
.ph-number { white-space: nowrap; }
.ph-choose { flex: none; display: flex; align-items: center; justify-content: center; width: 56px; cursor: pointer; }
.ph-choose input, .ph-check input { width: 20px; height: 20px; accent-color: var(--weui-BRAND); }
.ph-side-act { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 12px; margin: 0; padding: 12px 16px; }
.ph-side-act .weui-btn { margin: 0; }
.ph-side-act .ph-hint { margin: 0; order: -1; }
.ph-make { margin-top: 16px; }
.ph-make h2 { margin: 0; padding: 0 16px; font-size: 18px; }
.ph-make > .ph-hint { padding: 0 16px; }
.ph-make fieldset { margin: 0 0 16px; padding: 0; border: 0; }
.ph-make legend { padding: 0; line-height: 1.5; }
.ph-check { display: flex !important; align-items: center; gap: 10px; padding: 6px 0; }
.ph-wide main { max-width: none; }
.ph-side { display: flex; flex-wrap: wrap; justify-content: center; gap: 24px; padding: 8px 16px; }
.ph-side section { flex: 1 1 344px; min-width: 0; max-width: 414px; }
.ph-side h2 { margin: 0 0 8px; font-size: 17px; text-align: center; }
.ph-side p { margin: 8px 0 0; font-size: 14px; text-align: center; }
.ph-frame { display: block; width: 100%; height: 85vh; box-sizing: border-box; border: 1px solid var(--ph-line); border-radius: 8px; background: var(--ph-bg); }
@media (min-width: 700px) {
  .ph-page { height: auto; min-height: 100vh; background: var(--ph-table); }
  .ph-page > main { flex: none; width: auto; padding: 16px 0 0; }
  .ph-page > .sim-foot { display: flex; padding: 12px; }
  .ph { width: 390px; height: min(780px, calc(100vh - 110px)); min-height: 480px; margin: 0 auto; border: 12px solid var(--ph-case); border-radius: 44px; box-shadow: 0 18px 48px rgba(0, 0, 0, 0.28); }
  .ph-status { padding: 10px 28px 2px; }
  .ph-tabs, .ph-menu { padding-bottom: 12px; }
  .ph-wide { background: var(--ph-table); }
  .ph-head { padding-top: 32px; }
  .ph-table .ph-list, .ph-table .ph-form { border-radius: 12px; overflow: hidden; }
  .ph-frame { height: 780px; border: 12px solid var(--ph-case); border-radius: 44px; box-shadow: 0 18px 48px rgba(0, 0, 0, 0.28); }
}
`
