/**
 * How a page follows what changes, in the scripts of the console and of the phone: it listens at the address that `place` says,
 * fetches the page that is shown (`here`) once more whenever there are news, and hands it to `take`.
 */
export const liveScript = `
  const live = ({ place, here, take, isNews }) => {
    let source
    let isFetching = false
    let isStale = false
    const refresh = async () => {
      isStale = true
      if (isFetching) return
      isFetching = true
      try {
        while (isStale) {
          isStale = false
          const answer = await fetch(here(), { headers: { Accept: 'text/html' } })
          // Its world has ended, or what it was about is gone: the page that says so is the server's.
          if (answer.status === 404) location.reload()
          if (!answer.ok) {
            isStale = true
            return
          }
          take(new DOMParser().parseFromString(await answer.text(), 'text/html'))
        }
      } catch {
        // The server is gone for now: what was missed is fetched when it is back.
        isStale = true
      } finally {
        isFetching = false
      }
    }
    let release
    let timer
    const close = () => {
      clearTimeout(timer)
      source?.close()
      source = undefined
      release?.()
    }
    const open = () => {
      source = new EventSource(place.dataset.events)
      source.addEventListener('change', (event) => {
        if (isNews(event)) refresh()
      })
      source.addEventListener('open', () => {
        if (isStale) refresh()
      })
      source.addEventListener('error', () => {
        // A stream that was refused does not come back by itself.
        if (source?.readyState !== EventSource.CLOSED) return
        close()
        refresh()
        timer = setTimeout(listen, 5000)
      })
    }
    // A browser has six connections to a server, and each stream keeps one: some pages listen, all others look every few seconds.
    const listen = async () => {
      const isIdle = () => !source && !document.hidden
      if (!isIdle()) return
      // Locks are for secure contexts alone.
      if (!navigator.locks) return open()
      for (let n = 0; n < 3 && isIdle(); n++)
        await new Promise((tried) => {
          navigator.locks.request('live ' + n, { ifAvailable: true }, (lock) => {
            tried()
            if (!lock || !isIdle()) return
            open()
            return new Promise((done) => {
              release = done
            })
          })
        })
      if (!isIdle()) return
      refresh()
      clearTimeout(timer)
      timer = setTimeout(listen, 5000)
    }
    const begin = () => {
      listen()
      // Nobody reads a page that is hidden, and a browser has few connections.
      document.addEventListener('visibilitychange', () => (document.hidden ? close() : listen()))
      addEventListener('pagehide', close)
      addEventListener('pageshow', (event) => {
        if (event.persisted) listen()
      })
    }
    return { begin, refresh }
  }
`
