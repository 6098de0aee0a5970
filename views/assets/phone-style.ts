import { icons, mask } from './phone/icons.ts'
import { talkStyle } from './phone/talk-style.ts'

/** The phone itself: in a window a phone lies on a table, on a phone's own screen it is the screen. */
const frameStyle = `
.ph-page {
  --ph-bg: #ededed;
  --ph-card: #fff;
  --ph-bar: #ededed;
  --ph-tabs: #f7f7f7;
  --ph-line: rgba(0, 0, 0, 0.12);
  --ph-table: #d9dde3;
  --ph-case: #16181c;
  --ph-own: #a9ea7a;
  --ph-link: #46587c;
  --ph-pressed: rgba(0, 0, 0, 0.06);
}
.ph-page { display: flex; flex-direction: column; height: 100vh; height: 100dvh; min-height: 0; background: var(--ph-bg); }
.ph-page main { flex: 1; width: 100%; min-height: 0; max-width: none; margin: 0; }
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
.ph :focus-visible { outline-offset: -3px; }
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

/** Lines of people, accounts and conversations. */
const listStyle = `
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
.ph-hue-6 { background: #5b6b1f; }
.ph-hue-7 { background: #7a3b7a; }
.ph-hue-8 { background: #1f5f8b; }
.ph-hue-9 { background: #8c3b3b; }
.ph-hue-10 { background: #4d5a6b; }
.ph-hue-11 { background: #6d5a1c; }
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
.ph-search .weui-btn { min-height: 40px; margin: 0; }
.ph .weui-btn { padding: 11px 24px; border: 1px solid transparent; font-size: 16px; line-height: 24px; }
.ph a.weui-btn_primary:not(.weui-btn_disabled), .ph-lost a.weui-btn_primary:not(.weui-btn_disabled) { color: #fff; }
.ph .weui-btn_mini { font-size: 14px; line-height: 22px; padding: 5px 13px; width: auto; }
.ph .weui-btn_default { background: var(--ph-button, #fff); color: #05622f; border: 1px solid var(--ph-line); }
`

/** SMS and mail, and the way there. */
const inboxStyle = `
.ph-apps { flex: none; display: flex; justify-content: center; gap: 4px; padding: 2px 12px 4px; background: var(--ph-bar); font-size: 13px; }
.ph-apps a { padding: 4px 14px; border-radius: 14px; color: var(--weui-FG-1); line-height: 1.5; }
.ph-apps [aria-current] { background: var(--ph-card); color: var(--weui-FG-0); font-weight: 600; }
.ph-letters .ph-line { align-items: flex-start; }
.ph-letter { padding: 16px; }
.ph-letter-head { display: flex; gap: 12px; align-items: center; margin: 0 0 12px; }
.ph-letter-head div { min-width: 0; }
.ph-letter-head p { margin: 0; color: var(--weui-FG-1); font-size: 13px; line-height: 1.5; overflow-wrap: anywhere; }
.ph-letter-head p:first-child { color: var(--weui-FG-0); font-size: 16px; font-weight: 600; }
.ph-letter h2 { margin: 0 0 12px; font-size: 20px; line-height: 1.35; overflow-wrap: anywhere; }
.ph-letter-text { margin: 0; padding: 12px 14px; border-radius: 10px; background: var(--ph-card); font-size: 16px; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; }
.ph-letter-html { display: block; width: 100%; height: 320px; box-sizing: border-box; border: 1px solid var(--ph-line); border-radius: 10px; background: #fff; color-scheme: light; }
`

/** Facts, switches and forms. */
const sheetStyle = `
.ph-profile { display: flex; align-items: center; gap: 16px; padding: 24px 16px; background: var(--ph-card); }
.ph-profile h2 { margin: 0; font-size: 20px; font-weight: 600; line-height: 1.3; }
.ph-profile p { margin: 4px 0 0; color: var(--weui-FG-1); font-size: 14px; line-height: 1.4; }
.ph-profile > div { min-width: 0; }
.ph-acts { display: flex; flex-direction: column; gap: 12px; padding: 0 16px 24px; background: var(--ph-card); }
.ph-acts .weui-btn { width: 100%; max-width: 320px; margin: 0 auto; box-sizing: border-box; }
.ph .weui-cells { margin-top: 8px; background: var(--ph-card); }
.ph .weui-cell { font-size: 16px; }
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
details.ph-ask + details.ph-ask { border-top: 1px solid var(--ph-line); }
.ph-ask > summary { cursor: pointer; gap: 12px; }
.ph-ask-sheet { padding: 0 16px 16px; font-size: 14px; line-height: 1.5; }
.ph-ask-sheet p { margin: 0 0 8px; color: var(--weui-FG-1); overflow-wrap: anywhere; }
.ph-ask-sheet dl { margin: 0 0 12px; padding: 12px; border-radius: 8px; background: var(--ph-bg); }
.ph-ask-sheet dl div { display: flex; gap: 12px; }
.ph-ask-sheet dt { flex: none; color: var(--weui-FG-1); }
.ph-ask-sheet dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.ph-ask-acts { display: flex; justify-content: flex-end; gap: 12px; }
.ph-ask-off { margin-top: 8px; text-align: end; }
.ph .ph-ask-off button { min-height: 24px; padding: 0; background: none; border: 0; color: var(--ph-link); font-size: 14px; }
.ph-photo { display: block; min-width: 64px; min-height: 64px; max-width: 200px; max-height: 260px; border-radius: 4px; object-fit: contain; }
.ph-bubble .ph-choices li + li { margin-top: 4px; padding: 0; border: 0; }
.ph-langs { display: flex; justify-content: flex-end; gap: 16px; margin: -4px; }
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

/** Where there is room a phone is a thing that lies on a table, below the header and beside the places; else it is the screen. */
const tableStyle = `
@media (min-width: 760px) {
  .ph-page { height: auto; min-height: 100vh; }
  .ph-page .f-main { padding: 16px; background: var(--ph-table); }
  .ph { width: 390px; height: min(780px, calc(100vh - 160px)); min-height: 480px; margin: 0 auto; border: 12px solid var(--ph-case); border-radius: 44px; box-shadow: 0 18px 48px rgba(0, 0, 0, 0.28); }
  .ph-status { padding: 10px 28px 2px; }
  .ph-tabs, .ph-menu { padding-bottom: 12px; }
}
`

/** The same in the dark. */
const darkStyle = `
@media (prefers-color-scheme: dark) {
  .ph-page {
    --ph-bg: #111;
    --ph-card: #1f1f1f;
    --ph-bar: #111;
    --ph-tabs: #1a1a1a;
    --ph-line: rgba(255, 255, 255, 0.14);
    --ph-table: #26282c;
    --ph-case: #000;
    --ph-own: #1f5a38;
    --ph-link: #9fb3dd;
    --ph-pressed: rgba(255, 255, 255, 0.06);
    --ph-button: #2a2a2a;
  }
  .ph a.weui-btn_primary:not(.weui-btn_disabled), .ph-lost a.weui-btn_primary:not(.weui-btn_disabled) { color: #06210f; }
  .ph .weui-btn_default { color: #3ecf8e; }
  .ph-notice { background: #12301f; color: #bfe8cf; }
  .ph-refused { background: #3a1614; color: #ffcfcb; }
}
`

/** What the pages of the phone add to the look of a phone. */
export const phoneStyle =
  frameStyle + listStyle + talkStyle + inboxStyle + sheetStyle + tableStyle + darkStyle
