import { phoneStyle } from './phone-style.ts'

/** A message looks here as it does on a phone: by the same rules. */
const card = phoneStyle
  .split('\n')
  .filter((line) => /^\.ph-(card|avatar|hue)/.test(line))
  .join('\n')

/** The operator's pages: a bar with the clock, a checklist, and a form for every call. */
export const consoleStyle = `
${card}
.co h2 { margin-top: 2.5rem; }
.co-clock { margin: 1rem 0 1.5rem; padding: 1rem; background: var(--soft); border: 1px solid var(--line); border-radius: 12px; }
.co .co-clock h2 { margin: 0 0 0.25rem; font-size: 1rem; color: var(--muted); }
.co-clock p { margin: 0 0 0.5rem; }
.co-today { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; font-size: 1.15rem; }
.co-row { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem 1rem; margin: 0.5rem 0; }
.co fieldset { margin: 0; padding: 0; border: 0; gap: 0.5rem; min-width: 0; }
.co legend { padding: 0; margin-bottom: 0.25rem; }
.co button {
  min-height: 44px;
  margin: 0;
  padding: 0.45rem 1.1rem;
  border: 2px solid var(--accent);
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
.co button:hover { text-decoration: underline; }
.co .fields button { margin-top: 0.6rem; }
.co .co-clock fieldset button, .co button.co-quiet { background: var(--paper); color: var(--accent); }
.co-notice { margin: 1rem 0; padding: 0.8rem 1rem; border-left: 4px solid var(--accent); background: var(--soft); border-radius: 4px; }
.co-notice p { margin: 0.25rem 0 0; }
.co-notice ul { margin: 0.25rem 0 0; }
.co-refused { border-color: var(--fault); }
.co-refused strong { color: var(--fault); }
.co-live, .co-not-live { padding: 0.6rem 1rem; border-radius: 8px; border: 1px solid var(--line); }
.co-live { border-color: var(--sure); }
.co-live strong { color: var(--sure); }
.co-not-live strong { color: var(--guess); }
.co-facts { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.25rem 1rem; margin: 0.5rem 0 1rem; }
.co-facts dt { color: var(--muted); min-width: 0; }
.co-facts dd { min-width: 0; }
.co-row > a { align-self: center; padding: 0.25rem 0; }
.co-steps { margin: 0; padding: 0; list-style: none; counter-reset: step; }
.co-step { position: relative; padding: 0.75rem 0 0.75rem 3rem; border-top: 1px solid var(--line); counter-increment: step; }
.co-step::before {
  content: counter(step);
  position: absolute;
  left: 0;
  top: 0.7rem;
  width: 2rem;
  height: 2rem;
  border: 2px solid var(--muted);
  border-radius: 50%;
  color: var(--muted);
  line-height: calc(2rem - 4px);
  text-align: center;
}
.co-done::before, .co-not_needed::before { content: '✓'; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.co-refused.co-step::before { border-color: var(--fault); color: var(--fault); }
.co-step p { margin: 0 0 0.25rem; }
.co-state { margin-left: 0.4rem; padding: 0.05rem 0.5rem; border: 1px solid currentcolor; border-radius: 1rem; font-size: 0.8rem; font-weight: 400; color: var(--muted); white-space: nowrap; }
.co-form { max-width: 34rem; margin: 0.5rem 0 1rem; }
.co .co-field { display: grid; gap: 0.3rem; width: 100%; margin-bottom: 0.5rem; padding: 0; border: 0; }
.fields select, .fields textarea {
  width: 100%;
  min-height: 44px;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--muted);
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}
.fields textarea { resize: vertical; line-height: 1.5; }
.fields [aria-invalid] { border: 2px solid var(--fault); }
.co-card { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 12px; }
.co-card h3 { margin: 0 0 0.5rem; }
.co-times { margin: 0 0 0.75rem; padding: 0; list-style: none; color: var(--muted); font-size: 0.9rem; }
.co-preview {
  --ph-card: #fff;
  --ph-line: rgba(0, 0, 0, 0.1);
  --weui-FG-1: #5c5c5c;
  max-width: 24rem;
  margin: 0 0 1rem;
  padding: 1rem;
  border-radius: 8px;
  background: #ededed;
  color: #191919;
}
.co-preview h2 { margin-top: 0; }
.co-preview dl, .co-preview dd { margin: 0; }
.co-qr { display: block; width: 200px; height: 200px; max-width: 100%; background: #fff; }
.co-events { padding-left: 1.25rem; }
.co-events time { color: var(--muted); margin-right: 0.5rem; }
.co-accounts h2 { margin: 0; font-size: 1.1rem; }
@media (prefers-color-scheme: dark) {
  .co-preview { --ph-card: #1f1f1f; --ph-line: rgba(255, 255, 255, 0.14); --weui-FG-1: #b0b0b0; background: #111; color: #d5d5d5; }
}
`
