/** Forms of the pages for operators: labels above, one field a line, fingers find the button. */
export const formStyle = `
.narrow { max-width: 34rem; }
.fields { display: grid; gap: 0.4rem; justify-items: start; }
.fields label { font-weight: 600; }
.fields input:not([type='hidden']) {
  width: 100%;
  padding: 0.6rem 0.75rem;
  border: 1px solid var(--muted);
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}
.fields input[aria-invalid] { border: 2px solid var(--fault); }
.fields p { margin: 0; }
.fields .hint { color: var(--muted); }
.fields .fault { color: var(--fault); font-weight: 600; }
.fields button {
  min-height: 44px;
  margin-top: 0.6rem;
  padding: 0.5rem 1.5rem;
  border: 0;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
.narrow .button { padding: 12px 1.5rem; }
.fields button.quiet { border: 1px solid var(--muted); background: none; color: var(--ink); }
:root { --fault: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --fault: #ff8a80; } }
`
