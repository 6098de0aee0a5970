import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { answerParent, readUsage } from '../load/parent.ts'

/** The measure: `node:http` alone, which reads the request to its end and answers the same each time. */
const listening = z.object({ answer: z.string(), type: z.string() })

let answer = Buffer.alloc(0)
let type = ''
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Length': String(answer.length),
    })
    response.end(answer)
  })
})

answerParent({
  listen: async (question) => {
    const order = listening.parse(question)
    answer = Buffer.from(order.answer)
    type = order.type
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { port: (server.address() as AddressInfo).port }
  },
  usage: readUsage,
  stop: () => server.closeAllConnections(),
})
