/** What the pages of an account add to the look of a phone. */
export const registerStyle = `
.register main { padding: 0 16px 24px; }
/* A name in Chinese stays in one piece, and so does a date. */
.register:lang(en), .reg-head, .reg-rows { word-break: keep-all; }
.register main a:not(.weui-btn) { color: var(--weui-LINK); }
.register .weui-btn {
  width: 100%;
  max-width: 320px;
  min-height: 48px;
  text-decoration: none;
  cursor: pointer;
}
.register .weui-btn_default { color: var(--weui-FG-0); background: var(--weui-FG-5); }
.register .weui-btn_warn { color: #fff; background: #c4302b; }
.reg-unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.reg-head { padding: 24px 16px 20px; text-align: center; text-wrap: balance; }
.reg-badge {
  display: inline-flex;
  align-items: center;
  gap: 10px;
  margin: 0 0 16px;
  color: var(--weui-FG-1);
  font-size: 15px;
  text-align: start;
}
.reg-mark {
  display: inline-flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 32px;
  height: 32px;
  border-radius: 8px;
  background: #067a3d;
  color: #fff;
  font-size: 17px;
  font-weight: 500;
}
.reg-head .weui-form__title { margin: 0; font-size: 24px; }
.reg-head .weui-form__desc {
  max-width: 26em;
  margin: 8px auto 0;
  color: var(--weui-FG-1);
  font-size: 15px;
}
.reg-form { margin: 0; }
.reg-cells, .reg-card, .reg-done, .reg-summary, .reg-consent {
  margin: 0 0 16px;
  border-radius: 12px;
  background: var(--weui-BG-2);
  overflow: hidden;
}
.reg-cells::before, .reg-cells::after { display: none; }
.reg-field + .reg-field { border-top: 1px solid var(--weui-FG-5); }
.reg-field:focus-within { box-shadow: inset 0 0 0 2px var(--weui-BRAND); }
.reg-field:first-child { border-radius: 12px 12px 0 0; }
.reg-field:last-child { border-radius: 0 0 12px 12px; }
.reg-field .weui-cell { padding: 6px 16px; }
.reg-field .weui-cell::before { display: none; }
.reg-field .weui-label { width: 6.2em; margin: 0; padding: 8px 12px 8px 0; }
.reg-field .weui-cell__bd { min-width: 0; }
.reg-field .weui-input, .reg-select {
  width: 100%;
  height: auto;
  min-height: 44px;
  box-sizing: border-box;
  margin: 0;
  padding: 8px 0;
  border: 0;
  background: transparent;
  color: var(--weui-FG-0);
  font: inherit;
}
.reg-field .weui-input:focus-visible, .reg-select:focus-visible { outline: none; }
.reg-field .weui-input::placeholder { color: var(--weui-FG-2); opacity: 1; }
.reg-select { margin-inline-start: -4px; }
.reg-field .weui-input:placeholder-shown { text-overflow: ellipsis; }
.reg-select option, .reg-select optgroup { background: var(--weui-BG-2); color: var(--weui-FG-0); }
.reg-field_wrong:focus-within { box-shadow: inset 0 0 0 2px var(--weui-RED); }
.reg-field_wrong .weui-label { color: var(--weui-RED); }
.reg-hint, .reg-error { margin: 0; padding: 0 16px 12px; font-size: 14px; line-height: 1.5; }
.reg-hint { color: var(--weui-FG-1); }
.reg-error { display: flex; gap: 6px; color: var(--weui-RED); }
.reg-error::before {
  content: '!';
  flex: none;
  width: 16px;
  height: 16px;
  margin-top: 2px;
  border-radius: 50%;
  background: var(--weui-RED);
  color: var(--weui-BG-2);
  font-size: 12px;
  font-weight: 700;
  line-height: 16px;
  text-align: center;
}
.reg-summary { padding: 14px 16px; border: 1px solid var(--weui-RED); }
.reg-summary h2, .reg-done h2 { margin: 0; font-size: 17px; font-weight: 500; }
.reg-summary p { margin: 0; }
.reg-summary p + h2 { margin-top: 8px; }
.reg-summary ul { margin: 6px 0 0; padding-inline-start: 20px; font-size: 15px; }
.reg-summary li { padding: 3px 0; }
.register main .reg-summary a:not(.weui-btn) { color: var(--weui-RED); }
.reg-consent { padding: 4px 16px 12px; }
.reg-consent summary { padding: 10px 0; color: var(--weui-LINK); font-size: 15px; cursor: pointer; }
.reg-consent details p { margin: 0 0 8px; color: var(--weui-FG-1); font-size: 14px; }
.reg-consent .reg-error { padding: 4px 0 0; }
.reg-agree { display: flex; align-items: flex-start; gap: 10px; padding: 8px 0; font-size: 15px; }
.reg-agree input {
  flex: none;
  width: 22px;
  height: 22px;
  margin: 1px 0 0;
  accent-color: var(--weui-BRAND);
}
.reg-buttons { margin: 24px 0 0; text-align: center; }
.reg-buttons .weui-btn + .weui-btn { margin-top: 16px; }
.reg-quiet { display: inline-block; margin-top: 16px; padding: 10px; font-size: 15px; }
.register main a.reg-quiet:not(.weui-btn) { color: var(--weui-RED); }
.reg-languages {
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 4px 16px;
  margin: 24px 0 0;
  padding: 0;
  border: 0;
  font-size: 14px;
}
.reg-languages > span { padding: 4px; color: var(--weui-FG-1); }
.reg-languages button {
  padding: 4px;
  border: 0;
  background: none;
  color: var(--weui-LINK);
  font: inherit;
  cursor: pointer;
}
.reg-done { display: flex; gap: 12px; padding: 16px; }
.reg-done p { margin: 2px 0 0; color: var(--weui-FG-1); font-size: 15px; }
.reg-icon.reg-icon { flex: none; width: 28px; height: 28px; }
.reg-icon_small.reg-icon_small { width: 20px; height: 20px; margin-inline-end: 6px; vertical-align: -4px; }
.reg-rows { margin: 0; padding: 6px 16px; }
.reg-rows div { display: flex; gap: 12px; padding: 9px 0; }
.reg-rows dt { flex: none; width: 6.2em; color: var(--weui-FG-1); }
.reg-rows dd { flex: 1; min-width: 0; margin: 0; }
.reg-more { margin: 0; border-top: 1px solid var(--weui-FG-5); text-align: center; }
.reg-more a { display: block; padding: 12px 16px; text-decoration: none; }
.reg-following { display: flex; margin: 0 16px; color: var(--weui-FG-1); font-size: 14px; }
.reg-following .reg-icon_small { flex: none; }
.reg-follow, .reg-text { padding: 16px; }
.reg-follow h2 { margin: 0 0 8px; font-size: 17px; font-weight: 500; }
.reg-follow p, .reg-text p { margin: 0 0 10px; font-size: 15px; }
.reg-follow ol, .reg-text ul { margin: 0 0 10px; padding-inline-start: 22px; font-size: 15px; }
.reg-text p:last-child { margin-bottom: 0; }
.register .qr { display: block; width: 200px; max-width: 70%; height: auto; margin: 12px auto; border-radius: 8px; }
.register .weui-msg { min-height: 0; padding: 40px 0 0; background: none; }
.register .weui-msg__icon-area { margin-bottom: 20px; }
.register .weui-msg__icon-area .weui-icon_msg { display: inline-block; width: 64px; height: 64px; }
.register .weui-msg__text-area { margin-bottom: 16px; padding: 0 8px; }
.register .weui-msg__title { margin: 0 0 12px; }
.register .weui-msg__desc { max-width: 28em; margin: 0 auto 12px; color: var(--weui-FG-1); font-size: 16px; }
.register .weui-msg__opr-area { margin: 8px 0 0; }
@media (max-width: 480px) { .register .weui-btn { max-width: none; } }
@media (max-width: 340px) {
  .register main { padding: 0 8px 24px; }
  .reg-field .weui-label, .reg-rows dt { width: 5.2em; }
}
`
