/** What the pages of WeChat add to the look of a phone. */
export const wechatStyle = `
/* A name in Chinese stays in one piece. */
.wx-head:lang(en), .wx-login:lang(en) { word-break: keep-all; }
body.wx-plain { background: var(--weui-BG-2); }
.weui-msg__icon-area .weui-icon_msg { display: inline-block; }
.wx-unseen { display: block; width: 1px; height: 1px; border: 0; opacity: 0; }
.wx-trace { color: var(--weui-FG-1); font-size: 12px; }
.wx-head { padding: 24px 16px 8px; }
.wx-head h1 { margin: 0 0 8px; font-size: 22px; font-weight: 500; }
.wx-head p { margin: 0; color: var(--weui-FG-1); }
.wx-note { margin: 0; padding: 16px; color: var(--weui-FG-1); font-size: 14px; }
.wx-people { margin: 8px 0 0; padding: 0; list-style: none; }
.wx-people .weui-cell { gap: 12px; flex-wrap: wrap; color: var(--weui-FG-0); text-decoration: none; }
.wx-people .weui-cell__bd { min-width: 6em; }
.wx-people small { color: var(--weui-FG-1); font-size: 14px; }
.wx-people .weui-cell__ft { font-size: 14px; }
.wx-login { max-width: 360px; margin: 0 auto; padding: 32px 16px; text-align: center; text-wrap: balance; }
.wx-login h1 { margin: 0 0 16px; font-size: 22px; font-weight: 500; }
.wx-login img { display: block; width: 280px; max-width: 100%; height: auto; margin: 0 auto 16px; border-radius: 8px; image-rendering: pixelated; }
.wx-login p { margin: 0 0 12px; }
.wx-login p:not(.weui-btn-area) > a { color: var(--weui-LINK); }
.wx-login code { display: block; overflow-wrap: anywhere; }
.wx-avatar {
  display: inline-flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 40px;
  height: 40px;
  border-radius: 50%;
  background: #46587c;
  color: #fff;
  font-size: 18px;
}
.wx-avatar_square { border-radius: 6px; background: #067a3d; }
.wx-sheet main { display: flex; min-height: calc(100vh - 104px); }
.wx-card {
  align-self: flex-end;
  width: 100%;
  box-sizing: border-box;
  padding: 32px 24px 40px;
  border-radius: 12px 12px 0 0;
  background: var(--weui-BG-2);
}
.wx-stale { margin: 0 0 24px; color: var(--weui-RED); }
.wx-asks {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 12px;
  margin: 0 0 24px;
  font-size: 17px;
  font-weight: 400;
}
.wx-what { margin: 0 0 24px; font-size: 22px; font-weight: 500; line-height: 1.4; }
.wx-as { margin: 0 0 8px; color: var(--weui-FG-1); font-size: 14px; }
.wx-self { display: flex; align-items: center; gap: 12px; margin: 0 0 32px; }
.wx-self strong { font-weight: 500; }
.wx-verdicts { display: flex; flex-wrap: wrap; gap: 16px; justify-content: center; }
.wx-verdicts .weui-btn { flex: 1 1 96px; min-width: 0; width: auto; max-width: 184px; margin: 0; }
@media (min-width: 640px) { .wx-card { align-self: center; border-radius: 12px; } }
`
