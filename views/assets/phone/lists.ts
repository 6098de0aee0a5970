/** Lines of people, accounts and conversations. */
export const listStyle = `
.ph-list { margin: 0; padding: 0; list-style: none; background: var(--ph-card); }
.ph-line { display: flex; align-items: center; gap: 12px; padding: 12px 16px; }
.ph-line:hover { background: var(--ph-pressed); }
.ph-list li + li .ph-line-text::before { content: ''; position: absolute; top: -13px; left: 0; right: -16px; border-top: 1px solid var(--ph-line); }
.ph-picture { position: relative; flex: none; display: flex; }
.ph-picture .ph-unread { position: absolute; top: -7px; left: 36px; }
.ph-avatar { display: inline-flex; align-items: center; justify-content: center; width: 48px; height: 48px; border-radius: 6px; color: #fff; font-size: 22px; line-height: 1; }
.ph-avatar-small { width: 20px; height: 20px; border-radius: 4px; font-size: 12px; }
.ph-avatar-large { width: 64px; height: 64px; border-radius: 8px; font-size: 30px; }
.ph-hue-0 { background: #2f6f4f; }
.ph-hue-1 { background: #3a5ba0; }
.ph-hue-2 { background: #8a4b2d; }
.ph-hue-3 { background: #6b4a9e; }
.ph-hue-4 { background: #9a3a55; }
.ph-hue-5 { background: #2b6f83; }
.ph-line-text { position: relative; flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 2px; }
.ph-line-top { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; }
.ph-name { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--weui-FG-0); line-height: 1.4; }
.ph-line-top time, .ph-key { flex: none; color: var(--weui-FG-2); font-size: 12px; font-weight: 400; }
.ph-line-last { display: flex; gap: 6px; color: var(--weui-FG-1); font-size: 14px; line-height: 1.4; }
.ph-cut { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ph-state { flex: none; font-style: normal; }
.ph-state::after { content: ' ·'; }
.ph-empty, .ph-none { margin: 0; padding: 64px 32px; color: var(--weui-FG-1); font-size: 15px; text-align: center; }
.ph-empty p { margin: 0 0 16px; }
.ph-search { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 16px; }
.ph-search .weui-input { flex: 1; width: auto; min-width: 120px; height: 40px; padding: 0 12px; border-radius: 6px; background: var(--ph-card); border: 1px solid var(--weui-FG-2); color: var(--weui-FG-0); box-sizing: border-box; }
.ph-search .weui-btn { margin: 0; }
.ph .weui-btn, .ph-table .weui-btn { font-size: 16px; }
.ph a.weui-btn_primary:not(.weui-btn_disabled), .ph-lost a.weui-btn_primary:not(.weui-btn_disabled) { color: #fff; }
.ph .weui-btn_mini, .ph-table .weui-btn_mini { font-size: 14px; line-height: 1.6; padding: 6px 14px; width: auto; }
.ph .weui-btn_default, .ph-table .weui-btn_default { background: var(--ph-button, #fff); color: #05622f; border: 1px solid var(--ph-line); }
`
