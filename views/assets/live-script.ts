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
          if (!answer.ok) return
          take(new DOMParser().parseFromString(await answer.text(), 'text/html'))
        }
      } catch {
        // The server is gone for now: the next change comes when it is back.
      } finally {
        isFetching = false
      }
    }
    const close = () => {
      source?.close()
      source = undefined
    }
    const listen = () => {
      if (source || document.hidden) return
      source = new EventSource(place.dataset.events)
      source.addEventListener('change', (event) => {
        if (isNews(event)) refresh()
      })
      source.addEventListener('error', () => {
        // A stream that was refused does not come back by itself.
        if (source?.readyState !== EventSource.CLOSED) return
        close()
        setTimeout(listen, 5000)
      })
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
