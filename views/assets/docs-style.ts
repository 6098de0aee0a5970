/** What the documentation adds to the look of every page. */
export const docsStyle = `
.docs { padding: 0 1rem; }
.contents { padding: 1rem 0; border-bottom: 1px solid var(--line); font-size: 0.925rem; }
.contents ol { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin: 0; padding: 0; list-style: none; }
.contents ol ol { display: none; }
.contents a { display: inline-block; padding: 0.15rem 0; text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.content { max-width: 75rem; padding-top: 2rem; }
.content > section > p { max-width: 50rem; }
.endpoint { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.endpoint h3 { margin-top: 0; }
.endpoint h3 a { color: var(--ink); text-decoration: none; }
.endpoint h3 a:hover { text-decoration: underline; }
.method {
  padding: 0.1rem 0.4rem;
  border-radius: 4px;
  background: var(--accent);
  color: var(--on-accent);
  font-size: 0.8rem;
}
.facts { color: var(--muted); }
.badge {
  padding: 0.05rem 0.4rem;
  border: 1px solid currentcolor;
  border-radius: 1rem;
  font-size: 0.75rem;
  white-space: nowrap;
}
.documented { color: var(--sure); }
.reported { color: var(--half); }
.assumed { color: var(--guess); }
.status { font-weight: 400; }
.fields > div, .refusals > div, .glance > div { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.fields dt { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; }
.fields .name { font-weight: 700; }
.type, .place, .limits, .required { font-size: 0.8rem; color: var(--muted); }
.type { font-family: var(--mono); }
.required { color: var(--guess); }
.fields p { margin: 0; font-size: 0.925rem; }
.fields .limits { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.8rem; }
.refusals dt { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.refusals dd, .glance dd { font-size: 0.925rem; color: var(--muted); }
.refusals .aside { white-space: nowrap; }

@media (min-width: 44rem) {
  .glance > div { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1rem; }
}
@media (min-width: 62rem) {
  .docs { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2.5rem; padding: 0 1.5rem; }
  .contents {
    position: sticky;
    top: 0;
    max-height: 100vh;
    overflow-y: auto;
    align-self: start;
    padding: 2rem 0.5rem 2rem 0;
    border: 0;
  }
  .contents ol { display: block; }
  .contents ol ol { display: block; padding-left: 0.9rem; border-left: 1px solid var(--line); font-size: 0.85rem; }
  .shown { position: sticky; top: 1rem; }
  .sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2rem; align-items: start; }
}
`
