import { LIMITS, TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { call, createReport, sampleServer } from '../../../proofs/fixtures/sample-tasks.js'
import { memoryStore } from '../../memory.js'

describe('action=text', () => {
  it('sends 1 MiB once to a reader that asks 100 times, and not 50 times as much', async () => {
    const store = memoryStore()
    const server = sampleServer(undefined, { store })
    const taskId = await createReport(server)
    const claim = await store.claim({ taskId, knownTypes: ['MAKE_REPORT'], leaseMs: 60_000 })
    if (claim.outcome !== 'claimed') throw new TaskError('internal_error', 'The task was not claimed.')

    const piece = 'x'.repeat(Math.ceil(LIMITS.streamedTextBytes / 100))
    let [text, cursor, sent] = ['', '', 0]
    for (let poll = 0; poll < 100; poll += 1) {
      await store.report(claim.lease, { text: { at: poll * piece.length, append: piece } })
      const { body } = await call(server, 'GET', `action=text&taskId=${taskId}&cursor=${cursor}`)
      const reply = body as unknown as { text: string; cursor: string; from: number }
      sent += JSON.stringify(reply).length
      text = text.slice(0, reply.from) + reply.text
      cursor = reply.cursor
    }
    expect(text).toBe(piece.repeat(100))
    expect(sent).toBeLessThan(1.02 * text.length)
    // The task itself stays as small as it was.
    const { body } = await call(server, 'GET', `action=status&taskId=${taskId}`)
    expect(JSON.stringify(body).length).toBeLessThan(2_000)
    await server.stop()
  })
})
