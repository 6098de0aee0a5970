import { phoneStyle } from './phone-style.ts'

/** A message looks here as it does on a phone: by the same rules. */
const card = phoneStyle
  .split('\n')
  .filter((line) => /^\.ph-(card|avatar|hue)/.test(line))
  .join('\n')

/** What only pages of the console have: messages as phones show them, steps and lines with buttons. */
export const consoleStyle = `
${card}
.c-preview {
  --ph-card: #fff;
  --ph-line: rgba(0, 0, 0, 0.1);
  --ph-pressed: rgba(0, 0, 0, 0.06);
  --weui-FG-1: #5c5c5c;
  --weui-FG-2: #8c8c8c;
  max-width: 384px;
  margin: 0 0 16px;
  padding: 16px;
  border-radius: var(--radius);
  background: #ededed;
  color: #191919;
  font-size: 17px;
}
.c-preview h2 { margin-top: 0; }
.c-preview .ph-card-open { box-sizing: border-box; color: inherit; font-size: inherit; text-decoration: none; }
.c-preview dl, .c-preview dd { margin: 0; }
.c-qr { display: block; width: 160px; height: 160px; max-width: 100%; margin-bottom: 12px; border-radius: var(--radius); background: #fff; }
.c-steps { margin: 0; padding: 0; list-style: none; }
.c-steps li { padding: 8px 0; border-top: 1px solid var(--line); }
.c-steps li:first-child { border-top: 0; padding-top: 0; }
.c-steps p { margin: 0 0 4px; }
.c-steps .c-step { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 16px; margin: 0; }
.c-steps .c-more { margin: 0; }
.c-timeline { margin: 0; padding: 0; list-style: none; }
.c-timeline li { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 16px; padding: 8px 0; border-top: 1px solid var(--line); }
.c-timeline li:first-child { border-top: 0; }
.c-timeline time { color: var(--muted); font-variant-numeric: tabular-nums; }
.c-lines { margin: 0; padding: 0; list-style: none; }
.c-lines li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; padding: 8px 0; border-top: 1px solid var(--line); }
.c-lines li:first-child { border-top: 0; }
.c-lines li > div { flex: 1 1 320px; min-width: 0; overflow-wrap: anywhere; }
.c-lines p { margin: 0 0 4px; }
.c-lines form { margin: 0; }
.c-fold > summary { padding: 4px 0; font-weight: 600; }
.c-panel.c-fold > summary:first-child { margin: 12px 16px; }
@media (prefers-color-scheme: dark) {
  .c-preview { --ph-card: #1f1f1f; --ph-line: rgba(255, 255, 255, 0.14); --ph-pressed: rgba(255, 255, 255, 0.08); --weui-FG-1: #b0b0b0; --weui-FG-2: #8f8f8f; background: #111; color: #d5d5d5; }
}
`
