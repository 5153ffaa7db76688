import { afterEach, describe, expect, it, vi } from 'vitest'
import { brandTasks } from '@brandkit/core/brand-tasks'
import { createFakeTaskServer, type FakeTaskServer } from '../../../test/fake-task-server.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification } from './task-notification.js'

const toasts = () => [...document.querySelectorAll('.brandkit-toast')].map(({ textContent }) => textContent)
const spoken = () => document.querySelector('[data-brandkit-announcer="polite"]')?.textContent
const connect = () => window.dispatchEvent(new Event('online'))

/** A page whose creates do not reach the server until `mend` is called. */
async function cutOff(refuse: () => Response) {
  const server = createFakeTaskServer()
  let isCut = true
  const fetch: FakeTaskServer['fetch'] = async (resource, init) => {
    const request = new Request(resource, init)
    return isCut && request.url.includes('action=create') ? refuse() : server.fetch(request)
  }
  const onSignIn = vi.fn(async () => {
    isCut = false
  })
  const tasks = await renderTasks(
    <>
      <GenerateButton />
      <TaskStatusIndicator />
      <TaskNotification />
    </>,
    { server: { ...server, fetch }, catalog: brandTasks, onSignIn },
  )
  return {
    ...tasks,
    onSignIn,
    generate: async () => tasks.screen.getByRole('button', { name: 'Generate' }).click(),
    mend: () => {
      isCut = false
      connect()
    },
  }
}

const noNetwork = () => Response.error()
const signedOut = () => Response.json({ code: 'unauthenticated', status: 401, detail: 'no' }, { status: 401 })

afterEach(() => localStorage.clear())

describe('a toast of a create that is kept', () => {
  it('says when it will start, once for two clicks, and gives way to the start', async () => {
    const { screen, generate, mend, server } = await cutOff(noNetwork)
    await generate()
    await generate()
    await expect.poll(toasts).toEqual(['Will start as soon as possibleMedia plan: Campaign 1'])
    await expect.poll(spoken).toContain('Media plan: Campaign 1: Will start as soon as possible')
    await expect.element(screen.getByTestId('status')).toHaveTextContent('kept')
    mend()
    await expect.poll(toasts).toEqual([expect.stringMatching(/^StartedMedia plan: Campaign 1/)])
    expect(server.tasks()).toHaveLength(1)
  })

  it('repeats no row of an open panel', async () => {
    const { screen, generate } = await cutOff(noNetwork)
    await generate()
    await expect.poll(toasts).toHaveLength(1)
    const pill = screen.getByRole('button', { name: /not sent yet/ })
    await expect.element(pill).toHaveAttribute('data-phase', 'waiting')
    await pill.click()
    await expect.element(screen.getByRole('listitem', { name: 'Media plan: Campaign 1' })).toBeVisible()
    await expect.poll(toasts).toHaveLength(0)
    await generate()
    await expect.element(screen.getByTestId('status')).toHaveTextContent('kept')
    expect(toasts()).toHaveLength(0)
  })

  it('goes when the create is discarded', async () => {
    const { generate, context } = await cutOff(noNetwork)
    await generate()
    await expect.poll(toasts).toHaveLength(1)
    context().outbox.discard(context().outbox.entries()[0]?.key ?? '')
    await expect.poll(toasts).toHaveLength(0)
  })

  it('offers a signed-out user to sign in, stays until then, and the work goes on', async () => {
    const { screen, generate, onSignIn, server } = await cutOff(signedOut)
    await generate()
    await expect.poll(toasts).toEqual(['Will start when you have signed inMedia plan: Campaign 1Sign in'])
    const toast = screen.getByRole('region', { name: 'Notifications' })
    await toast.getByRole('button', { name: 'Sign in' }).click()
    expect(onSignIn).toHaveBeenCalledOnce()
    await expect.poll(toasts).toEqual([expect.stringMatching(/^StartedMedia plan: Campaign 1/)])
    expect(server.tasks()).toHaveLength(1)
  })

  it('offers the sign-in again after one that failed, whose reason is in the log', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { screen, generate, onSignIn } = await cutOff(signedOut)
    await generate()
    const button = screen.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Sign in' })
    const inLog = (text: string) => expect.poll(() => warn.mock.calls.flat().join()).toContain(text)
    onSignIn.mockRejectedValueOnce(new Error('The window was closed.'))
    await button.click()
    await inLog('onSignIn failed')
    await inLog('The window was closed.')
    onSignIn.mockImplementationOnce(() => {
      throw new Error('Pop-ups are blocked.')
    })
    await button.click()
    await inLog('Pop-ups are blocked.')
    await button.click()
    await expect.poll(toasts).toEqual([expect.stringMatching(/^StartedMedia plan: Campaign 1/)])
    warn.mockRestore()
  })
})
