import { liveScript } from './live-script.ts'

/**
 * The script of the console: makes live what works without it. It closes menus, copies code, counts what is typed, and takes
 * over the parts of a page that have changed; what one reads does not move for that.
 */
export const consoleScript = `'use strict'
{${liveScript}
  // A menu of the header closes when something else is pressed or focused, or by Escape.
  const menus = () => [...document.querySelectorAll('[data-drop][open]')]
  const leave = (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.removeAttribute('open')
  }
  document.addEventListener('click', leave)
  document.addEventListener('focusin', leave)
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of menus()) {
      menu.removeAttribute('open')
      menu.querySelector('summary')?.focus()
    }
  })

  // Outside of a secure context there is no clipboard to write to: what is selected is copied.
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      return true
    } catch {
      getSelection().selectAllChildren(code)
      return document.execCommand('copy')
    }
  }
  const prepareCopies = () => {
    for (const button of document.querySelectorAll('[data-copy][hidden]')) {
      button.hidden = false
      button.setAttribute('aria-live', 'polite')
    }
  }
  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]')
    const code = button && document.getElementById(button.dataset.copy)
    if (!code || !(await copy(code))) return
    const name = button.textContent
    if (name === button.dataset.done) return
    button.textContent = button.dataset.done
    setTimeout(() => {
      button.textContent = name
    }, 2000)
  })

  // Characters as the API counts them: an emoji is one.
  const count = (field) => {
    const output = document.getElementById(field.id + '-count')
    const length = [...field.value].length
    output.textContent = length + ' / ' + field.dataset.count
    output.classList.toggle('c-over', length > Number(field.dataset.count))
  }
  document.addEventListener('input', (event) => {
    if (event.target.dataset?.count) count(event.target)
  })
  for (const field of document.querySelectorAll('[data-count]')) count(field)
  prepareCopies()

  // The command beside a form says what is typed there now, as the server reads it.
  const command = document.querySelector('[data-check]')
  let typed = 0
  const write = async (form) => {
    const turn = ++typed
    await new Promise((done) => setTimeout(done, 200))
    if (turn !== typed) return
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(command.dataset.check, { method: 'POST', body })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('[data-check]')
    if (turn !== typed || !fresh) return
    command.replaceChildren(...document.importNode(fresh, true).childNodes)
    prepareCopies()
  }
  document.addEventListener('input', ({ target: { form } }) => {
    if (form && command?.parentElement === form.parentElement) write(form).catch(() => {})
  })

  // Spreadsheets in China write GB18030 unless they are told otherwise; such a file is hardly ever UTF-8 by chance.
  const decoded = (bytes) => {
    try {
      return ['UTF-8', new TextDecoder('utf-8', { fatal: true }).decode(bytes)]
    } catch {
      return ['GB18030', new TextDecoder('gb18030').decode(bytes)]
    }
  }

  // A file is read here: what is sent is its text. To draw some ten thousand lines of it would take a browser seconds.
  for (const part of document.querySelectorAll('[data-file]')) {
    part.hidden = false
    const text = document.getElementById(part.dataset.file)
    part.addEventListener('change', async (event) => {
      const [file] = event.target.files
      const says = part.querySelector('output')
      const [encoding, read] = file ? decoded(await file.arrayBuffer()) : ['', '']
      text.closest('.c-field').hidden = Boolean(file)
      // What is empty is for the server to refuse: a browser can show nothing at a field that is hidden.
      text.required = !file
      text.value = read
      says.textContent = file ? says.dataset.says.replace('{encoding}', encoding) : ''
    })
  }

  // After a click the page stands where it stood, if it is the same one: at its top, or below what it says now.
  const place = () => location.pathname + ' ' + new URLSearchParams(location.search).get('tab')
  const said = () => {
    const banner = document.querySelector('.c-stays')
    return banner ? banner.offsetHeight + parseFloat(getComputedStyle(banner).marginBottom) : 0
  }
  document.addEventListener('submit', () => {
    if (scrollY > 0)
      sessionStorage.setItem('stood', JSON.stringify({ place: place(), y: scrollY - said() }))
  })
  const stood = JSON.parse(sessionStorage.getItem('stood') ?? 'null')
  sessionStorage.removeItem('stood')
  const asked = new URLSearchParams(location.search)
  // What was made stands at the top.
  const isAnswered = asked.has('said') && !asked.has('made')
  if (isAnswered && stood?.place === place()) scrollTo(0, stood.y + said())

  // A list is looked through in portions: as long as there is nothing to show, it goes on by itself.
  const lookOn = async () => {
    let link = document.querySelector('a[data-looking]')
    if (link) link.textContent = link.dataset.looking
    while (link) {
      const answer = await fetch(link.href)
      if (!answer.ok) return location.replace(link.href)
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      link = page.querySelector('a[data-looking]')
      if (!link) location.replace(answer.url)
    }
  }
  lookOn().catch(() => {})

  // A phone follows its changes by a script of its own.
  const main = document.querySelector('main[data-events]')
  const parts = (root) => [...root.querySelectorAll('[data-live]')]
  const keysOf = (part) => [...part.querySelectorAll('[data-row]')].map((row) => row.dataset.row)
  // As they came: what the browser has done to them since, such as an open menu, is no difference.
  const came = new Map(parts(document).map((part) => [part.dataset.live, part.innerHTML]))
  let waiting

  const swap = (part, fresh) => {
    came.set(part.dataset.live, fresh.innerHTML)
    const known = new Set(keysOf(part))
    const focused = part.contains(document.activeElement) ? document.activeElement : null
    const at = focused && (focused.id || focused.getAttribute('href'))
    const open = [...part.querySelectorAll('details[open]')].map((one) => one.id)
    part.replaceChildren(...document.importNode(fresh, true).childNodes)
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
    if (at) {
      const again = [...part.querySelectorAll('a, button, input, summary')]
      again.find((one) => (one.id || one.getAttribute('href')) === at)?.focus({ preventScroll: true })
    }
    for (const row of part.querySelectorAll('[data-row]'))
      row.classList.toggle('c-new', known.size > 0 && !known.has(row.dataset.row))
    prepareCopies()
  }

  // Rows that come in would move what one reads: whoever has scrolled is told, and takes them when it suits.
  const bar = document.querySelector('[data-fresh]')
  const isAway = (part) => part.getBoundingClientRect().top < -8
  const tell = (part, fresh) => {
    const known = new Set(keysOf(part))
    const many = keysOf(fresh).filter((key) => !known.has(key)).length
    if (many === 0) return false
    waiting = [part, fresh]
    bar.textContent = bar.dataset.fresh.replace('{count}', many)
    bar.hidden = false
    return true
  }
  const takeWaiting = () => {
    if (!waiting) return
    swap(...waiting)
    waiting = undefined
    bar.hidden = true
  }
  bar?.addEventListener('click', () => {
    takeWaiting()
    main.scrollIntoView()
  })
  addEventListener('scroll', () => {
    if (waiting && !isAway(waiting[0])) takeWaiting()
  }, { passive: true })

  const take = (page) => {
    for (const part of parts(document)) {
      const fresh = page.querySelector('[data-live="' + part.dataset.live + '"]')
      if (!fresh || came.get(part.dataset.live) === fresh.innerHTML) continue
      if (bar && part.querySelector('[data-row]') && isAway(part) && tell(part, fresh)) continue
      swap(part, fresh)
    }
  }

  // Work that goes in portions goes on by itself until its page has no such form, or is left.
  const goOn = async () => {
    for (let form; (form = document.querySelector('form[data-onward]')); ) {
      const sent = new URLSearchParams(new FormData(form))
      const answer = await fetch(form.action, { method: 'POST', body: sent })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (!answer.ok) return form.submit()
      if (!page.querySelector('form[data-onward]')) return location.replace(answer.url)
      history.replaceState(null, '', answer.url)
      take(page)
    }
  }
  // When the server is gone, the button is still there.
  goOn().catch(() => {})

  if (main) live({ place: main, here: () => location.href, take, isNews: () => true }).begin()
}
`
