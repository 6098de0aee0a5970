/**
 * What pages on a phone add to WeUI: fonts that have Chinese, room for the watermark, and its green darkened until white text
 * on it can be read (WCAG AA asks for 4.5 to 1; WeUI's own has 2.3).
 */
export const mobileStyle = `
:root { color-scheme: light dark; }
body {
  --weui-BRAND: #067a3d;
  --weui-BRAND-80: #05622f;
  --weui-FG-1: rgba(0, 0, 0, 0.66);
  --weui-FG-2: rgba(0, 0, 0, 0.62);
  --weui-RED: #c4302b;
  --weui-LINK: #46587c;
}
@media (prefers-color-scheme: dark) {
  body:not([data-weui-theme='light']) {
    --weui-BRAND: #3ecf8e;
    --weui-BRAND-80: #32a873;
    --weui-FG-1: rgba(255, 255, 255, 0.66);
    --weui-FG-2: rgba(255, 255, 255, 0.6);
    --weui-RED: #ff7b76;
    --weui-LINK: #9fb3dd;
  }
  .weui-btn_primary { color: #06210f; }
}
body {
  margin: 0;
  min-height: 100vh;
  background: var(--weui-BG-0);
  color: var(--weui-FG-0);
  font: 17px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Hiragino Sans GB',
    'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif;
  overflow-wrap: anywhere;
  text-wrap: pretty;
}
.weui-btn { font-family: inherit; }
:focus-visible { outline: 3px solid var(--weui-BRAND); outline-offset: 2px; }
main { display: block; max-width: 640px; margin: 0 auto; }
main:focus { outline: none; }
.sim-mark {
  margin: 0;
  padding: 2px 16px;
  background: #fff3d6;
  color: #5f4300;
  font-size: 12px;
  text-align: center;
  text-wrap: balance;
}
.weui-msg__text-area { text-wrap: balance; }
/* Chinese in the middle of a page breaks where a reader pauses. */
.weui-msg__desc, .wx-trace { word-break: keep-all; }
@media (prefers-color-scheme: dark) {
  .sim-mark { background: #2e2610; color: #f2dca0; }
}
.sim-skip { position: absolute; left: -999px; }
.sim-skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: var(--weui-BG-2); z-index: 9; }
.sim-foot {
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 4px 16px;
  max-width: 640px;
  margin: 0 auto;
  padding: 24px 16px;
  font-size: 14px;
}
.sim-foot a { color: var(--weui-LINK); padding: 4px; }
.sim-foot a[aria-current] { color: var(--weui-FG-1); text-decoration: none; }
`
