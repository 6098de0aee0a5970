/**
 * The script of the documentation: buttons that copy, the language of examples that one has chosen, and contents that begin
 * where one reads. Without it one click
 * selects all of a piece of code.
 */
export const docsScript = `'use strict'
{
  const key = 'tupu-sim.docs.language'
  const examples = [...document.querySelectorAll('[data-language]')]
  let wanted = null
  try {
    wanted = localStorage.getItem(key)
  } catch {}
  const chosen = examples.find((one) => one.dataset.language === wanted)
  if (chosen) chosen.open = true
  for (const one of examples)
    one.addEventListener('toggle', () => {
      try {
        if (one.open) localStorage.setItem(key, one.dataset.language)
      } catch {}
    })

  const contents = document.querySelector('.contents')
  const here = contents.querySelector('[aria-current]')
  if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 2

  const select = (code) => {
    const range = document.createRange()
    range.selectNodeContents(code)
    const selection = getSelection()
    selection.removeAllRanges()
    selection.addRange(range)
  }

  // Outside of a secure context there is no clipboard to write to: what is selected is copied.
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      return true
    } catch {
      select(code)
      return document.execCommand('copy')
    }
  }

  for (const button of document.querySelectorAll('.copy-button')) {
    const name = button.textContent
    button.hidden = false
    button.setAttribute('aria-live', 'polite')
    button.addEventListener('click', async () => {
      if (!(await copy(button.previousElementSibling))) return
      button.textContent = button.dataset.done
      setTimeout(() => {
        button.textContent = name
      }, 2000)
    })
  }
}
`
