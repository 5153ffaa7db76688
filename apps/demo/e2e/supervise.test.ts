import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { askApi } from './ask-api.ts'
import { createDataFolder } from './create-data-folder.ts'
import { runServer } from './run-server.ts'

const WAIT = { interval: 50 }

it('“Kill the worker” ends the process by SIGKILL; its supervisor starts it again, and the task goes on after the last step', async () => {
  const folder = await createDataFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const stepLedger = path.join(folder, 'steps.jsonl')
  const env = {
    BRANDKIT_DATA: folder,
    BRANDKIT_STEP_LEDGER: stepLedger,
    BRANDKIT_PACE_MS: '400',
    BRANDKIT_LEASE_MS: '2000',
    LOG_LEVEL: 'warn',
  }
  const server = runServer(env, { entry: 'supervise' })
  const url = await server.listening
  const ada = await askApi(url, 'ada')
  const { taskId } = await ada.create()
  const finishedSteps = async () =>
    ((await ada.status(taskId)).steps ?? []).filter(({ status }) => status === 'completed').map(({ key }) => key)
  await expect.poll(async () => (await finishedSteps()).length, WAIT).toBeGreaterThan(0)
  const finished = await finishedSteps()

  // The process may die before its answer is sent.
  await ada.trace({ taskId, fault: 'kill' }).catch(() => null)
  await expect.poll(() => server.stderr(), WAIT).toContain('it is started again')
  const statusOf = () =>
    ada.status(taskId).then(
      ({ status }) => status,
      () => 'unreachable',
    )
  await expect.poll(statusOf, WAIT).toBe('completed')

  const ran = readFileSync(stepLedger, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { step: string }).step)
  expect(ran.filter((step) => finished.includes(step))).toEqual(finished)
  expect(server.stdout().match(/^listening on .*$/gm)).toEqual([`listening on ${url}`, `listening on ${url}`])
  expect(await server.end('SIGTERM')).toBe(0)
})
