import { liveScript } from './live-script.ts'

/**
 * The phone's script: makes live what works without it. It is told of changes, fetches the page that is shown once more, and
 * takes over the parts that differ; focus, open menus and what was scrolled or typed stay as they are.
 */
export const phoneScript = `'use strict'
{${liveScript}
  const phone = document.querySelector('[data-phone]')
  const parts = () => [...document.querySelectorAll('[data-live]')]
  const keyOf = (part) => part.dataset.live
  // As they came: what the browser has done to them since, such as an open menu, is no difference.
  const came = new Map(parts().map((part) => [keyOf(part), part.innerHTML]))
  let seen = ''

  const news = (root) =>
    new Map([...root.querySelectorAll('[data-said]')].map((one) => [one.dataset.news, one.dataset.said]))

  const swap = (part, fresh) => {
    const box = part.closest('[data-scroll]')
    const away = box ? box.scrollTop : 0
    const height = box ? box.scrollHeight : 0
    const focused = part.contains(document.activeElement) ? document.activeElement.id : ''
    const open = [...part.querySelectorAll('details[open]')].map((one) => one.id)
    part.replaceChildren(...document.importNode(fresh, true).childNodes)
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
    // Such a box counts from its end: whoever has scrolled up stays where the reading was.
    if (box && away < -4) box.scrollTop = away - (box.scrollHeight - height)
  }

  const take = (page) => {
    const before = news(document)
    for (const part of parts()) {
      const fresh = page.querySelector('[data-live="' + keyOf(part) + '"]')
      if (!fresh || came.get(keyOf(part)) === fresh.innerHTML) continue
      came.set(keyOf(part), fresh.innerHTML)
      swap(part, fresh)
    }
    const said = [...news(document)].filter(([key]) => !before.has(key)).map(([, text]) => text)
    const say = phone.querySelector('[data-say]')
    if (say && said.length > 0) say.textContent = said.join(' ')
    const now = page.querySelector('[data-phone]')
    if (now) listenFrom(now.dataset.events)
    lookWhenOver()
  }

  // What lasts for a while only: nobody tells when it is over.
  const lookWhenOver = () => {
    const [ends] = document.querySelectorAll('[data-ends]')
    if (ends) setTimeout(refresh, Number(ends.dataset.ends) + 500)
  }

  const listenFrom = (events) => {
    phone.dataset.events = events
    seen = new URL(events, location.href).searchParams.get('seen') ?? ''
  }

  const { begin, refresh } = live({
    place: phone,
    here: () => phone.dataset.here,
    take,
    isNews: (event) => event.data !== seen,
  })
  if (phone?.dataset.phone === 'live') {
    listenFrom(phone.dataset.events)
    begin()
    lookWhenOver()
  }

  // A page that waits for a phone asks how it stands, and goes on when that is something else.
  const waits = document.querySelector('[data-waits]')
  const ask = async () => {
    try {
      const answer = await fetch(waits.dataset.asks)
      if (answer.ok && (await answer.text()) !== waits.dataset.waits) {
        location.replace(waits.dataset.onward)
        return
      }
    } catch {
      // The server is gone for now.
    }
    setTimeout(ask, 1000)
  }
  if (waits) setTimeout(ask, 1000)

  // A menu closes when something else is tapped, or by Escape.
  const menus = () => [...document.querySelectorAll('.ph-menu details[open]')]
  document.addEventListener('click', (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.removeAttribute('open')
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of menus()) {
      menu.removeAttribute('open')
      menu.querySelector('summary')?.focus()
    }
  })

  // A page of ours in the web view says its own title, as in WeChat; others keep their host.
  const web = document.querySelector('.ph-web')
  const titled = () => {
    try {
      const title = web.contentDocument?.title
      if (title) document.querySelector('.ph-bar h1').textContent = title
    } catch {
      // Somebody else's page: it says nothing of itself.
    }
  }
  web?.addEventListener('load', titled)
  if (web?.contentDocument?.readyState === 'complete') titled()

  // What a page in the web view asks of WeChat by the JS-SDK: only its own frame is heard, for its own address.
  const configured = async (args) => {
    try {
      const answer = await fetch(web.dataset.jssdk, { method: 'POST', body: JSON.stringify(args) })
      return await answer.json()
    } catch {
      return { errMsg: 'config:fail' }
    }
  }
  addEventListener('message', async ({ source, origin, data }) => {
    if (!web || source !== web.contentWindow || typeof data?.jweixin !== 'number') return
    const { jweixin, name, args } = data
    if (name === 'closeWindow') document.getElementById('back')?.click()
    if (name !== 'config' || !URL.canParse(args?.url) || new URL(args.url).origin !== origin) return
    source.postMessage({ jweixin, answer: await configured(args) }, origin)
  })
}
`
