import { phoneStyle } from '../phone-style.ts'

/** How pictures and what is unread look, as on a phone. */
const picture = phoneStyle
  .split('\n')
  .filter((line) => /^\.ph-(picture|unread)/.test(line))
  .join('\n')

/** The list of all phones, and phones that lie side by side, in the look of the console. */
export const tableStyle = `
${picture}
.ph-unread { padding: 0 5px; border-radius: 9px; font-size: 12px; text-align: center; }
.ph-phones { display: block; }
.ph-phones > li { display: flex; border-top: 1px solid var(--line); }
.ph-phones > li:first-child { border-top: 0; }
.ph-phones .c-row { display: grid; flex: 1; grid-template-columns: 48px minmax(0, 1fr) minmax(0, 1.6fr); gap: 0 16px; min-width: 0; border: 0; }
.ph-choose { flex: none; display: flex; align-items: center; justify-content: center; width: 52px; cursor: pointer; }
.ph-choose input, .ph-check input { width: 20px; height: 20px; margin: 0; accent-color: var(--accent); }
.ph-check { display: flex; align-items: center; gap: 8px; min-height: 32px; }
.ph-side-act { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 8px 12px; margin-bottom: 16px; }
.ph-side { display: flex; flex-wrap: wrap; justify-content: center; gap: 24px; }
.ph-side section { flex: 1 1 320px; min-width: 0; max-width: 414px; }
.ph-side h2 { display: flex; align-items: baseline; justify-content: center; gap: 8px; }
.ph-side h2 small { color: var(--muted); font-size: 12px; font-weight: 400; }
.ph-side p { margin: 8px 0 0; text-align: center; }
.ph-frame { display: block; width: 100%; height: 85vh; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); }
@media (min-width: 760px) {
  .ph-frame { height: clamp(480px, calc(100vh - 200px), 804px); border: 12px solid #16181c; border-radius: 44px; box-shadow: 0 18px 48px rgba(0, 0, 0, 0.28); }
}
@media (max-width: 759.98px) {
  .ph-phones .c-row { grid-template-columns: 48px minmax(0, 1fr); padding-right: 0; }
  .ph-phones .c-row > :nth-child(1) { grid-row: span 2; }
  .ph-phones .c-row > :nth-child(n) { order: 0; grid-column: auto; }
}
@media (prefers-color-scheme: dark) {
  .ph-frame { border-color: #000; }
}
`
