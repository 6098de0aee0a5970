/** The look of every page, and of the first one: plain, light and dark, from a phone's width up, with fonts that have Chinese. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --soft: #f3f7f5;
  --ink: #17211c;
  --muted: #52605a;
  --line: #d5dfda;
  --accent: #0b7a43;
  --on-accent: #ffffff;
  --stripe: #fff3d6;
  --on-stripe: #5f4300;
  --sure: #0b6b3b;
  --half: #1d5fa8;
  --guess: #8a4b00;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Hiragino Sans GB',
    'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'PingFang SC',
    'Microsoft YaHei', 'Noto Sans Mono CJK SC', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #101613;
    --soft: #18211d;
    --ink: #e5ece8;
    --muted: #a3b2ab;
    --line: #2f3c36;
    --accent: #55d394;
    --on-accent: #06210f;
    --stripe: #3a2f12;
    --on-stripe: #f5dd9d;
    --sure: #67d89f;
    --half: #8dbdf5;
    --guess: #f0b36a;
  }
}
:root:lang(zh) {
  --sans: 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC',
    system-ui, sans-serif;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.6 var(--sans);
  overflow-wrap: anywhere;
}
h1, h2, h3, h4 { line-height: 1.3; margin: 0 0 0.5rem; text-wrap: balance; }
h1 { font-size: 1.9rem; }
h2 { font-size: 1.4rem; margin-top: 3rem; }
h3 { font-size: 1.1rem; margin-top: 2rem; }
h4 { font-size: 0.9rem; margin-top: 1.25rem; color: var(--muted); }
p, ul { margin: 0 0 0.75rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
pre {
  margin: 0 0 1rem;
  padding: 0.8rem 1rem;
  background: var(--soft);
  border: 1px solid var(--line);
  border-radius: 8px;
  line-height: 1.5;
  white-space: pre-wrap;
}
pre code { font-size: inherit; }
pre.copy { border-left: 4px solid var(--accent); user-select: all; -webkit-user-select: all; }
dl, dd { margin: 0; }
details { margin-bottom: 1rem; }
summary { cursor: pointer; color: var(--accent); padding: 0.25rem 0; }

.skip { position: absolute; left: -999rem; }
.skip:focus { left: 0.5rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--paper); z-index: 1; }
.watermark {
  margin: 0;
  padding: 0.3rem 1rem;
  background: var(--stripe);
  color: var(--on-stripe);
  font-size: 0.875rem;
  text-align: center;
  text-wrap: balance;
}
.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25rem 1.25rem;
  padding: 0.6rem 1rem;
  border-bottom: 1px solid var(--line);
}
.bar nav { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.bar nav a { padding: 0.25rem 0.5rem; white-space: nowrap; text-decoration: none; border-bottom: 2px solid transparent; }
.bar nav a[aria-current] { color: var(--ink); border-color: var(--accent); }
.brand {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  color: var(--ink);
  font-weight: 700;
  text-decoration: none;
}
.bar nav.languages { margin-left: auto; }
.bar nav:not(.languages) { order: 1; width: 100%; margin-left: -0.5rem; }
footer { padding: 2rem 1rem; color: var(--muted); font-size: 0.875rem; text-align: center; }

.page { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 0; }
.lead { font-size: 1.15rem; color: var(--muted); max-width: 46rem; text-wrap: pretty; }
.button {
  display: inline-block;
  padding: 0.55rem 1.1rem;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  text-decoration: none;
}
.button:hover { text-decoration: underline; }
.aside, .path { color: var(--muted); font-size: 0.875rem; }
.flow {
  display: grid;
  gap: 1.75rem;
  margin: 2rem 0 0;
  padding: 0;
  list-style: none;
}
.flow li {
  position: relative;
  display: grid;
  align-content: start;
  gap: 0.25rem;
  padding: 0.9rem 1rem;
  border: 1px dashed var(--line);
  border-radius: 12px;
}
.flow li.played { background: var(--soft); border: 1px solid var(--line); }
.flow span { color: var(--muted); font-size: 0.9rem; line-height: 1.45; }
.flow .badge { margin-top: 0.25rem; justify-self: start; font-style: normal; color: var(--accent); }
.flow li + li::before {
  content: '';
  position: absolute;
  top: -1.3rem;
  left: calc(50% - 0.35rem);
  width: 0.65rem;
  height: 0.65rem;
  border: solid var(--accent);
  border-width: 0 3px 3px 0;
  transform: rotate(45deg);
}
.cards { display: grid; gap: 1rem; margin: 0; padding: 0; list-style: none; }
.cards li { padding: 1rem; border: 1px solid var(--line); border-radius: 12px; }
.cards h3 { margin: 0; }
.cards p { margin: 0.4rem 0 0; }
.places { display: grid; gap: 0.9rem 2rem; }
.places dt code { color: var(--muted); font-size: 0.8rem; }

@media (min-width: 44rem) {
  .bar nav:not(.languages) { order: 0; width: auto; margin-left: 0; }
  .flow { grid-template-columns: repeat(4, 1fr); }
  .flow li + li::before { top: calc(50% - 0.35rem); left: -1.25rem; transform: rotate(-45deg); }
  .cards { grid-template-columns: repeat(3, 1fr); }
  .places { grid-template-columns: repeat(2, 1fr); }
}
@media print { .contents, .bar, .skip { display: none; } }
`
