import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

it('can be imported by a Node.js that is too old, and each part of a server then says which one is needed', async () => {
  const execArgv = ['--import', pathToFileURL(join(import.meta.dirname, 'old-node.ts')).href]
  const child = fork(join(import.meta.dirname, 'old-node-process.ts'), [], { execArgv })
  const exited = once(child, 'exit').then(([code]) => Promise.reject(new Error(`It ended with ${code}.`)))
  const [sentences] = (await Promise.race([once(child, 'message'), exited])) as [string[]]
  expect(sentences).toHaveLength(5)
  for (const sentence of sentences) expect(sentence).toMatch(/needs Node\.js 22\.12 or newer; this is 20\.20\.2\./)
})
