import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { brandTasks } from '@brandkit/core/brand-tasks'
import { createFakeTaskServer, type FakeTaskServer } from '../../../test/fake-task-server.js'
import { GenerateButton, PAYLOAD } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskHistory } from '../task-history/task-history.js'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification, type TaskNotificationProps } from './task-notification.js'

const toasts = () => [...document.querySelectorAll('.brandkit-toast')]
const texts = () => toasts().map(({ textContent }) => textContent)

/** A page whose creates wait on their way to the server until `goOn` is called. */
async function openPage(props: TaskNotificationProps = {}) {
  const server = createFakeTaskServer()
  server.seed({ title: 'Earlier', status: 'processing' })
  const { promise: held, resolve: goOn } = Promise.withResolvers<Response | undefined>()
  let asked = 0
  const fetch: FakeTaskServer['fetch'] = async (resource, init) => {
    const request = new Request(resource, init)
    if (!request.url.includes('action=create')) return server.fetch(request)
    asked += 1
    return (await held) ?? server.fetch(request)
  }
  const page = (children?: ReactNode) => (
    <>
      <GenerateButton />
      {children}
      <TaskStatusIndicator />
      <TaskNotification {...props} />
    </>
  )
  const tasks = await renderTasks(page(), { server: { ...server, fetch }, catalog: brandTasks })
  await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(1)
  const click = async () => {
    await tasks.screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => asked).toBe(1)
  }
  return { ...tasks, page, click, goOn, server }
}

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

describe('the toast of a click', () => {
  it('is there before the answer, and is the toast of the task from then on', async () => {
    const { click, goOn, server } = await openPage()
    await click()
    await expect.poll(texts).toEqual([expect.stringMatching(/^Sending…Media plan: Campaign 1/)])
    const [first] = toasts()
    await click()
    expect(toasts()).toHaveLength(1)
    goOn(undefined)
    await expect.poll(texts).toEqual([expect.stringMatching(/^StartedMedia plan: Campaign 1/)])
    expect(toasts()[0]).toBe(first)
    expect(server.tasks()).toHaveLength(2)
  })

  it('is all that a page shows before 400 ms; then the pill counts what is not sent', async () => {
    const { screen, click } = await openPage()
    const pill = screen.getByRole('button', { name: /running/ })
    await expect.element(pill).toBeVisible()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await click()
    await expect.poll(toasts).toHaveLength(1)
    expect(pill.element().textContent).not.toContain('not sent')
    await vi.advanceTimersByTimeAsync(401)
    await expect.poll(() => pill.element().textContent).toContain('1 not sent yet')
  })

  it('goes if the server refuses the task, because the form says why', async () => {
    const { screen, click, goOn } = await openPage()
    await click()
    await expect.poll(toasts).toHaveLength(1)
    goOn(Response.json({ code: 'invalid_payload', status: 422, detail: 'No.' }, { status: 422 }))
    await expect.element(screen.getByTestId('error')).toHaveTextContent('invalid_payload')
    await expect.poll(toasts).toEqual([])
  })

  it('becomes the failure if the server refuses the task after the form has gone', async () => {
    const { screen, rerender, click, goOn } = await openPage()
    await click()
    await expect.poll(toasts).toHaveLength(1)
    await rerender(
      <>
        <TaskStatusIndicator />
        <TaskNotification />
      </>,
    )
    goOn(Response.json({ code: 'forbidden', status: 403, detail: 'No.' }, { status: 403 }))
    await expect.poll(texts).toEqual([expect.stringMatching(/^Could not be startedMedia plan: Campaign 1/)])
    await expect.element(screen.getByRole('button', { name: /needs attention/ }).first()).toBeVisible()
  })

  it('is one for each task, also of one trace, and many are counted as they are sent', async () => {
    const { context, goOn } = await openPage()
    const traceId = 'a'.repeat(32)
    const create = async (campaignName: string) =>
      context().session.create(
        { type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: { ...PAYLOAD, campaignName } },
        { traceId },
      )
    const creates = ['One', 'Two', 'Three'].map(create)
    await expect.poll(toasts).toHaveLength(3)
    goOn(undefined)
    await Promise.all(creates)
    await expect
      .poll(texts)
      .toEqual(['Three', 'Two', 'One'].map((name) => expect.stringMatching(`^StartedMedia plan: ${name}`)))
  })

  it('of many goes when their way is cut off, and one toast says how many wait', async () => {
    const { context, goOn } = await openPage()
    const create = async (campaignName: string) =>
      context().session.create({
        type: 'GENERATE_MEDIA_PLAN',
        brandId: 'aurora',
        payload: { ...PAYLOAD, campaignName },
      })
    const creates = ['1', '2', '3', '4', '5'].map(create)
    await expect.poll(texts).toEqual([expect.stringMatching(/^5 not sent yet/)])
    expect(toasts()[0]?.getAttribute('data-phase')).toBe('running')
    goOn(Response.error())
    await Promise.all(creates)
    await expect.poll(() => toasts().map((toast) => toast.getAttribute('data-phase'))).toEqual(['waiting'])
  })

  it('says when the task will start if the way is cut off', async () => {
    const { click, goOn } = await openPage()
    await click()
    await expect.poll(toasts).toHaveLength(1)
    goOn(Response.error())
    await expect.poll(texts).toEqual(['Will start as soon as possibleMedia plan: Campaign 1'])
  })

  it('is not there for tasks that the app shows no toast for, which it asks with the payload', async () => {
    const asked: unknown[] = []
    const show: TaskNotificationProps['show'] = ({ type, payload }) => {
      asked.push(type, payload)
      return false
    }
    const { screen, click, goOn } = await openPage({ show })
    await click()
    goOn(undefined)
    await expect.element(screen.getByTestId('status')).toHaveTextContent('queued')
    expect(toasts()).toEqual([])
    expect(asked.slice(0, 2)).toEqual(['GENERATE_MEDIA_PLAN', expect.objectContaining({ campaignName: 'Campaign 1' })])
  })

  it('leaves the create alone, whatever the app has handed in', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const show = vi.fn<() => boolean>().mockThrow(new Error('No list of types.'))
    const { context, goOn, server } = await openPage({ show })
    const input = { type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: PAYLOAD } as const
    const created = context().session.create(input)
    const refused = context().session.create({ ...input, runAt: 'next Tuesday' })
    await expect.poll(toasts).toHaveLength(2)
    goOn(undefined)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request' })
    expect(await created).toMatchObject({ status: 'queued' })
    expect(server.tasks()).toHaveLength(2)
    expect(warn.mock.calls.flat().join()).toContain('No list of types.')
    warn.mockRestore()
  })

  it('is not there above a list that will have the row in a moment', async () => {
    const { screen, rerender, page, click, goOn } = await openPage()
    await rerender(page(<TaskHistory />))
    await expect.element(screen.getByRole('listitem', { name: 'Earlier' })).toBeVisible()
    const seen: unknown[] = []
    const observer = new MutationObserver(() => seen.push(...texts()))
    observer.observe(document.body, { childList: true, subtree: true })
    await click()
    goOn(undefined)
    await expect.element(screen.getByRole('listitem', { name: /Campaign 1/ })).toBeVisible()
    observer.disconnect()
    expect(seen).toEqual([])
  })
})
