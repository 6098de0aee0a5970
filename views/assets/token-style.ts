/**
 * What everything is made of: one grid of 8 px, one radius, hairlines instead of shadows, three sizes of text (20, 14, 12), one
 * accent, one red and one amber, each of which may stand as text on its own soft background (WCAG AA), in light and dark.
 */
export const tokenStyle = `
:root {
  color-scheme: light dark;
  --radius: 8px;
  --paper: #ffffff;
  --canvas: #f5f7f8;
  --soft: #f3f6f7;
  --ink: #151b1e;
  --muted: #55616a;
  --line: #dfe5e8;
  --edge: #84909a;
  --plain: #e6eaed;
  --plain-ink: #465059;
  --accent: #0a7a3f;
  --accent-soft: #e6f4eb;
  --on-accent: #ffffff;
  --fault: #b3261e;
  --fault-soft: #fdecea;
  --amber: #d99a1c;
  --warn: #805300;
  --warn-soft: #fdf2d6;
  --stripe: #fdf2d6;
  --on-stripe: #5f4300;
  --sure: #0a7a3f;
  --half: #1d5fa8;
  --guess: #805300;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Hiragino Sans GB',
    'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'PingFang SC',
    'Microsoft YaHei', 'Noto Sans Mono CJK SC', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #181c20;
    --canvas: #0e1215;
    --soft: #20262b;
    --ink: #e7ecef;
    --muted: #a2aeb6;
    --line: #2c343a;
    --edge: #6d7982;
    --plain: #2c343a;
  --plain-ink: #b6c1c8;
  --accent: #4cc38a;
    --accent-soft: #12301f;
    --on-accent: #06210f;
    --fault: #ff8f86;
    --fault-soft: #3a1714;
    --amber: #f2bd55;
  --warn: #f2bd55;
    --warn-soft: #33270c;
    --stripe: #33270c;
    --on-stripe: #f5dd9d;
    --sure: #4cc38a;
    --half: #8dbdf5;
    --guess: #f2bd55;
  }
}
:root:lang(zh) {
  --sans: 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC',
    system-ui, sans-serif;
}
`
