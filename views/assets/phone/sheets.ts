/** Facts, switches and forms. */
export const sheetStyle = `
.ph-profile { display: flex; align-items: center; gap: 16px; padding: 24px 16px; background: var(--ph-card); }
.ph-profile h2 { margin: 0; font-size: 20px; font-weight: 600; line-height: 1.3; }
.ph-profile p { margin: 4px 0 0; color: var(--weui-FG-1); font-size: 14px; line-height: 1.4; }
.ph-profile > div { min-width: 0; }
.ph-acts { display: flex; flex-direction: column; gap: 12px; padding: 0 16px 24px; background: var(--ph-card); }
.ph-acts .weui-btn { width: 100%; max-width: 320px; margin: 0 auto; box-sizing: border-box; }
.ph .weui-cells { margin-top: 8px; font-size: 16px; background: var(--ph-card); }
.ph .weui-cells__title { margin: 0; padding: 16px 16px 4px; color: var(--weui-FG-1); font-size: 14px; font-weight: 400; }
.ph .weui-cells__title + .weui-cells { margin-top: 0; }
.ph .weui-cell__desc { display: block; color: var(--weui-FG-1); font-size: 13px; line-height: 1.4; }
.ph .weui-cell__ft { color: var(--weui-FG-1); }
.ph .weui-cells form + form .ph-switch::before, .ph dl.weui-cells div + div::before { display: block; }
.ph-switch { width: 100%; box-sizing: border-box; background: none; border: 0; text-align: start; gap: 12px; }
.ph-knob { flex: none; width: 48px; height: 28px; border-radius: 14px; box-sizing: border-box; border: 2px solid var(--weui-FG-2); background: none; position: relative; }
.ph-knob::after { content: ''; position: absolute; top: 2px; left: 2px; width: 20px; height: 20px; border-radius: 50%; background: var(--weui-FG-2); }
[aria-checked='true'] .ph-knob { background: var(--weui-BRAND); border-color: var(--weui-BRAND); }
[aria-checked='true'] .ph-knob::after { left: 22px; background: #fff; }
.ph-facts { margin: 8px 0 0; }
.ph-facts dt { flex: none; }
.ph-facts dd { flex: 1; margin: 0; min-width: 0; font-size: 14px; overflow-wrap: anywhere; }
.ph-langs { display: flex; justify-content: flex-end; gap: 16px; }
.ph-langs a { padding: 4px; color: var(--ph-link); text-decoration: underline; }
.ph-langs [aria-current] { color: var(--weui-FG-0); text-decoration: none; font-weight: 600; }
.ph-form { padding: 16px; background: var(--ph-card); }
.ph-form label { display: block; line-height: 1.5; }
.ph-hint { margin: 0 0 8px; color: var(--weui-FG-1); font-size: 13px; line-height: 1.5; }
.ph-form textarea, .ph-form .weui-input { display: block; width: 100%; box-sizing: border-box; margin: 0 0 16px; padding: 8px 12px; border: 1px solid var(--weui-FG-2); border-radius: 6px; background: var(--ph-card); color: var(--weui-FG-0); font: inherit; line-height: 1.5; resize: vertical; }
.ph-form .weui-input { height: 44px; }
.ph-form [aria-invalid] { border-color: var(--weui-RED); }
.ph-fault { margin: 0 0 6px; color: var(--weui-RED); font-size: 14px; line-height: 1.5; }
.ph-form .weui-btn { max-width: 320px; }
`
