import { icons, mask } from './icons.ts'

/** A conversation, its menu, and the web view. */
export const talkStyle = `
.ph-talk { display: flex; flex-direction: column; height: 100%; }
.ph-scroll { flex: 1; min-height: 0; overflow-y: auto; display: flex; flex-direction: column-reverse; overscroll-behavior: contain; overflow-anchor: none; }
.ph-scroll > div { padding: 8px 16px 16px; margin-bottom: auto; }
.ph-older { margin: 0; text-align: center; font-size: 14px; }
.ph-older a { display: inline-block; padding: 8px; color: var(--ph-link); }
.ph-messages { margin: 0; padding: 0; list-style: none; }
.ph-when { margin: 16px 0 10px; color: var(--weui-FG-1); font-size: 13px; text-align: center; }
.ph-messages li + li .ph-card { margin-top: 12px; }
.ph-card { background: var(--ph-card); border-radius: 8px; overflow: hidden; }
.ph-card-from { display: flex; align-items: center; gap: 8px; margin: 0; padding: 12px 16px 0; color: var(--weui-FG-1); font-size: 13px; line-height: 1.4; }
.ph-card h2 { margin: 0; padding: 8px 16px 0; font-size: 18px; font-weight: 600; line-height: 1.4; }
.ph-card-line { margin: 0; padding: 8px 16px 0; line-height: 1.5; }
.ph-card-words { margin: 0; padding: 10px 16px 0; font-size: 15px; line-height: 1.5; }
.ph-card-words div { display: grid; grid-template-columns: minmax(56px, 26%) 1fr; gap: 12px; padding: 2px 0; }
.ph-card-words dt { color: var(--weui-FG-1); }
.ph-card-words dd { margin: 0; }
.ph-card-words dt:empty { display: none; }
.ph-card-words dt:empty + dd { grid-column: 1 / -1; }
.ph-card-line, .ph-card-words dd { white-space: pre-line; }
.ph-card > :last-child { padding-bottom: 16px; }
.ph-card form:last-child { padding-bottom: 0; }
.ph-card-open { display: flex; justify-content: space-between; align-items: center; width: 100%; margin-top: 14px; padding: 12px 16px; background: none; border: 0; border-top: 1px solid var(--ph-line); font-size: 15px; text-align: start; }
.ph-card-open::after { content: ''; width: 16px; height: 16px; background: var(--weui-FG-2); ${mask(icons.next)} }
.ph-card-open:hover, .ph-menu button:hover, .ph-menu summary:hover { background: var(--ph-pressed); }
.ph-messages li + li .ph-bubble, .ph-messages li + li .ph-notify { margin-top: 12px; }
.ph-bubble { width: fit-content; max-width: 82%; box-sizing: border-box; padding: 9px 12px; border-radius: 8px; background: var(--ph-card); font-size: 16px; line-height: 1.45; overflow-wrap: anywhere; }
.ph-own { margin-inline-start: auto; background: var(--ph-own); }
.ph-bubble p, .ph-bubble ul { margin: 0; padding: 0; list-style: none; white-space: pre-wrap; }
.ph-bubble strong { display: block; font-weight: 600; }
.ph-bubble li + li { margin-top: 10px; padding-top: 10px; border-top: 1px solid var(--ph-line); }
.ph-bubble li p, .ph-bubble strong + p { color: var(--weui-FG-1); font-size: 14px; }
.ph-own strong + p { color: inherit; }
.ph-bubble:has(> .ph-photo) { padding: 0; background: none; }
.ph-kind { font-size: 14px; }
.ph-link { display: inline; }
.ph .ph-link button { display: inline; min-height: 24px; padding: 0; background: none; border: 0; color: var(--ph-link); text-align: start; }
.ph-notify { margin: 0 auto; max-width: 86%; color: var(--weui-FG-1); font-size: 13px; line-height: 1.5; text-align: center; }
.ph-typing { width: fit-content; margin: 12px 0 0; padding: 9px 12px; border-radius: 8px; background: var(--ph-card); color: var(--weui-FG-1); font-size: 14px; line-height: 1.45; }
.ph-told { padding: 20px 8px 4px; text-align: center; font-size: 14px; color: var(--weui-FG-1); }
.ph-told p { margin: 0 0 10px; }
.ph .ph-told > a { color: var(--ph-link); }
.ph-write { flex: none; display: flex; align-items: center; gap: 8px; padding: 7px 12px; background: var(--ph-tabs); border-top: 1px solid var(--ph-line); }
.ph-write input:not([type]), .ph-write input[type='text'] { flex: 1; min-width: 0; height: 38px; padding: 0 12px; box-sizing: border-box; border: 1px solid var(--weui-FG-2); border-radius: 6px; background: var(--ph-card); color: var(--weui-FG-0); font: inherit; font-size: 16px; }
.ph-write .weui-btn { flex: none; margin: 0; min-height: 38px; }
.ph-menu { flex: none; display: flex; position: relative; min-height: 50px; background: var(--ph-tabs); border-top: 1px solid var(--ph-line); }
.ph-menu > p { flex: 1; margin: 0; padding: 14px 16px; color: var(--weui-FG-1); font-size: 14px; line-height: 1.5; text-align: center; }
.ph-menu > form, .ph-menu > details { flex: 1; min-width: 0; position: relative; }
.ph-menu > * + * { border-inline-start: 1px solid var(--ph-line); }
.ph-menu > form > button, .ph-menu summary { display: flex; align-items: center; justify-content: center; gap: 6px; width: 100%; height: 100%; min-height: 50px; padding: 4px 6px; box-sizing: border-box; background: none; border: 0; font-size: 15px; line-height: 1.3; text-align: center; list-style: none; cursor: pointer; }
.ph-menu summary::-webkit-details-marker { display: none; }
.ph-menu summary::before { content: ''; flex: none; width: 14px; height: 14px; background: var(--weui-FG-2); ${mask(icons.below)} }
.ph-menu details ul { position: absolute; bottom: calc(100% + 6px); left: 50%; z-index: 3; width: max-content; min-width: max(152px, calc(100% - 8px)); max-width: 240px; margin: 0; translate: -50%; padding: 0; list-style: none; background: var(--ph-card); border: 1px solid var(--ph-line); border-radius: 8px; box-shadow: 0 4px 16px rgba(0, 0, 0, 0.16); overflow: hidden; }
.ph-menu > details:first-child:not(:last-child) ul { left: 4px; translate: none; }
.ph-menu > details:last-child:not(:first-child) ul { left: auto; right: 4px; translate: none; }
.ph-menu li + li { border-top: 1px solid var(--ph-line); }
.ph-menu li button { display: block; width: 100%; min-height: 46px; padding: 8px 10px; background: none; border: 0; font-size: 15px; line-height: 1.3; text-align: center; overflow-wrap: anywhere; }
.ph-menu li .ph-scanning { display: grid; gap: 8px; padding: 8px; }
.ph-scanning input { width: 0; min-width: 100%; height: 36px; padding: 0 10px; box-sizing: border-box; background: var(--ph-bar); border: 1px solid var(--ph-line); border-radius: 6px; color: inherit; font: inherit; font-size: 15px; }
.ph-menu li .ph-scanning button { min-height: 36px; padding: 4px 12px; border-radius: 6px; background: var(--weui-BRAND); color: #fff; }
@media (prefers-color-scheme: dark) { .ph-menu li .ph-scanning button { color: #06210f; } }
.ph-menu:empty { display: none; }
.ph-web-note { height: 56px; box-sizing: border-box; margin: 0; padding: 8px 16px; overflow-y: auto; background: var(--ph-tabs); border-bottom: 1px solid var(--ph-line); color: var(--weui-FG-1); font-size: 13px; line-height: 1.5; }
.ph .ph-web-note a { color: var(--ph-link); text-decoration: underline; }
.ph .ph-web.ph-web-below { height: calc(100% - 56px); }
.ph-web { display: block; width: 100%; height: 100%; border: 0; background: #fff; }
`
