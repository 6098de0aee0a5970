/** The same in the dark. */
export const darkStyle = `
@media (prefers-color-scheme: dark) {
  .ph-page, .ph-table {
    --ph-bg: #111;
    --ph-card: #1f1f1f;
    --ph-bar: #111;
    --ph-tabs: #1a1a1a;
    --ph-line: rgba(255, 255, 255, 0.14);
    --ph-table: #26282c;
    --ph-case: #000;
    --ph-link: #9fb3dd;
    --ph-pressed: rgba(255, 255, 255, 0.06);
    --ph-button: #2a2a2a;
  }
  .ph a.weui-btn_primary:not(.weui-btn_disabled), .ph-lost a.weui-btn_primary:not(.weui-btn_disabled) { color: #06210f; }
  .ph .weui-btn_default, .ph-table .weui-btn_default { color: #3ecf8e; }
  .ph-notice { background: #12301f; color: #bfe8cf; }
  .ph-refused { background: #3a1614; color: #ffcfcb; }
}
`
