import type { ServerResponse } from 'node:http'

/** A platform that takes its time: it answers when it is let go. `asked` resolves when somebody waits for it. */
export function held() {
  const waiting: ServerResponse[] = []
  let note = () => {}
  const asked = new Promise<void>((resolve) => {
    note = resolve
  })
  return {
    manner: (response: ServerResponse) => {
      waiting.push(response)
      note()
    },
    asked,
    release(status = 204) {
      for (const response of waiting.splice(0)) response.writeHead(status).end()
    },
  }
}
