import { icons, mask } from './icons.ts'

/** The phone itself: in a window a phone lies on a table, on a phone's own screen it is the screen. */
export const frameStyle = `
.ph-page, .ph-table {
  --ph-bg: #ededed;
  --ph-card: #fff;
  --ph-bar: #ededed;
  --ph-tabs: #f7f7f7;
  --ph-line: rgba(0, 0, 0, 0.12);
  --ph-table: #d9dde3;
  --ph-case: #16181c;
  --ph-link: #46587c;
  --ph-pressed: rgba(0, 0, 0, 0.06);
}
.ph-page { display: flex; flex-direction: column; height: 100vh; height: 100dvh; min-height: 0; background: var(--ph-bg); }
.ph-page > main { flex: 1; width: 100%; min-height: 0; max-width: none; margin: 0; }
.ph-page > .sim-foot { display: none; }
.ph-page > header { flex: none; }
.ph { position: relative; display: flex; flex-direction: column; height: 100%; background: var(--ph-bg); overflow: hidden; }
.ph a { color: inherit; text-decoration: none; }
.ph button { font: inherit; cursor: pointer; }
.ph button:not(.weui-btn) { color: inherit; }
.ph-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.ph-status {
  flex: none;
  display: flex;
  justify-content: space-between;
  gap: 16px;
  margin: 0;
  padding: 6px 24px 2px;
  background: var(--ph-bar);
  color: var(--weui-FG-1);
  font-size: 13px;
  line-height: 1.4;
}
.ph-status span:first-child { font-weight: 600; font-variant-numeric: tabular-nums; }
.ph-status span:last-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ph-bar {
  flex: none;
  display: grid;
  grid-template-columns: 64px 1fr 64px;
  align-items: center;
  min-height: 44px;
  background: var(--ph-bar);
  border-bottom: 1px solid var(--ph-line);
}
.ph-bar h1 { margin: 0; font-size: 17px; font-weight: 600; line-height: 1.3; text-align: center; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ph-bar-side { display: flex; }
.ph-bar-end { justify-content: flex-end; }
.ph-bar-side a { display: flex; align-items: center; justify-content: center; width: 44px; height: 44px; }
.ph-bar-side a::after, .ph-icon { content: ''; width: 24px; height: 24px; background: currentcolor; }
.ph-back::after { ${mask(icons.back)} }
.ph-more::after { ${mask(icons.more)} }
.ph-others::after { ${mask(icons.others)} }
.ph-outside::after { ${mask(icons.outside)} }
.ph-body { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; position: relative; }
.ph :focus-visible, .ph-table :focus-visible { outline-offset: -3px; }
.ph-tabs { position: static; flex: none; background: var(--ph-tabs); border-top: 1px solid var(--ph-line); }
.ph-tabs::before { display: none; }
.ph-tabs .weui-tabbar__item { position: relative; min-height: 52px; padding: 6px 0 4px; color: var(--weui-FG-1); text-align: center; }
.ph-tabs .weui-tabbar__label { display: block; color: inherit; font-size: 11px; line-height: 1.4; }
.ph-tabs .ph-icon { display: block; margin: 0 auto; }
.ph-tabs [aria-current] { color: var(--weui-BRAND); font-weight: 600; }
.ph-tab-chats .ph-icon { ${mask(icons.chats)} }
.ph-tab-find .ph-icon { ${mask(icons.find)} }
.ph-tab-scan .ph-icon { ${mask(icons.scan)} }
.ph-tab-me .ph-icon { ${mask(icons.me)} }
.ph-tabs .ph-unread { position: absolute; top: 2px; left: calc(50% + 6px); }
.ph-unread.weui-badge { background: #c4302b; color: #fff; min-width: 18px; line-height: 1.3; box-sizing: border-box; }
.ph-notice { flex: none; margin: 0; padding: 10px 16px; background: #e3f3e9; color: #12492a; font-size: 14px; line-height: 1.5; border-bottom: 1px solid var(--ph-line); }
.ph-notice p { margin: 0; }
.ph-refused { background: #fdecea; color: #7d1a15; }
`
