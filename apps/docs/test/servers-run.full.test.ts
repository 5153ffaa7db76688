import { createECDH } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PAGES, readFences } from '@brandkit/tooling/read-fences'
import { pastePages, runCommand } from './paste-page.ts'

/** What a page needs of its surroundings. Databases and queues of other kinds have tests of their own. */
const vapid = createECDH('prime256v1')
vapid.generateKeys()
const VARIABLES = [
  `PAYLOAD_KEY=${'5a'.repeat(32)}`,
  `CRM_SECRET=whsec_${Buffer.alloc(24).toString('base64')}`,
  `VAPID_PUBLIC_KEY=${vapid.getPublicKey('base64url')}`,
  `VAPID_PRIVATE_KEY=${vapid.getPrivateKey('base64url')}`,
].join(' ')
const OTHER_SERVICES = /process\.env\.(?:DATABASE_URL!|REDIS_URL)|qstash/

const servers = PAGES.filter((page) => page.startsWith('docs/') && !page.includes('frameworks'))
  .flatMap(readFences)
  .filter(({ source }) => source.includes('export const taskServer') && source.includes('./generators.ts'))
  .filter(({ source }) => !OTHER_SERVICES.test(source))
  .map(({ page, file = '' }) => ({ page, file }))

it('there are servers on the pages', () => {
  expect(servers.length).toBeGreaterThan(4)
})

it.each(servers)('the server of $page in $file writes a story', async ({ page, file }) => {
  const { folder } = pastePages(['docs/start/backend.md', page], { '2_000': 20, '1_000': 20 })
  writeFileSync(
    join(folder, 'write-story.ts'),
    `import { taskServer } from './${file}'
await taskServer.start()
const ada = taskServer.as({ userId: 'ada', brandIds: ['demo'] })
const { taskId } = await ada.create({ type: 'WRITE_STORY', brandId: 'demo', payload: { about: 'a lighthouse' } })
let task = await ada.getStatus(taskId)
while (task.status === 'queued' || task.status === 'processing') task = await ada.getStatus(taskId)
console.log(task.status === 'completed' ? task.result.story : task.lastError)
await taskServer.stop()
`,
  )
  expect(await runCommand(`${VARIABLES} node write-story.ts`, folder)).toContain('Once there was a lighthouse.')
})
