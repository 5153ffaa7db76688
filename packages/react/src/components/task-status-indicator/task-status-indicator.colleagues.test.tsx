import type { TaskJson } from '@brandkit/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer, type FakeTaskServerOptions } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import { useTaskEvents } from '../../hooks/use-task-events.js'
import '../../styles.css'
import { TaskNotification } from '../task-notification/task-notification.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const GRACE = { userId: 'grace', createdBy: 'grace' }
const NAMES = new Map([['grace', 'Grace'], ['ada', 'Ada']]) // prettier-ignore
const nameOf = (userId: string) => NAMES.get(userId)

const toasts = () => [...document.querySelectorAll('.brandkit-toast')]
const spoken = (urgency: 'polite' | 'assertive') =>
  document.querySelector(`[data-brandkit-announcer="${urgency}"]`)?.textContent

/** The page of Ada, who also sees what Grace and Linus ask for. */
async function openPage(authorize: FakeTaskServerOptions['authorize'] = () => 'brand') {
  const server = createFakeTaskServer({ authorize })
  const mine = server.seed({ title: 'Mine', status: 'processing' })
  const hers = server.seed({ title: 'Hers', status: 'processing', ...GRACE })
  server.seed({ title: 'Of somebody', status: 'processing', userId: 'linus', createdBy: 'linus' })
  server.seed({ title: 'Over', ...ends.failed(), ...GRACE })
  const heard: string[] = []
  const page = await renderTasks(
    <>
      <Listener onEnd={(line) => heard.push(line)} />
      <TaskStatusIndicator />
      <TaskNotification />
    </>,
    { server, nameOf },
  )
  await expect.element(page.screen.getByRole('button', { name: /3 running/ })).toBeVisible()
  const isEnded = (taskId: string) => page.context().session.cache.find(taskId)?.completedAt !== undefined
  return { ...page, mine: mine.taskId, hers: hers.taskId, heard, isEnded }
}

function Listener({ onEnd }: { onEnd: (line: string) => void }) {
  useTaskEvents({ onSettled: ({ title }, { isOwn }) => onEnd(`${title}, ${isOwn ? 'own' : 'not own'}`) })
  return null
}

afterEach(() => localStorage.clear())

describe('the tasks of a colleague', () => {
  it('have a row with the colleague’s name, as far as the app knows it', async () => {
    const { screen } = await openPage()
    await screen.getByRole('button', { name: /3 running/ }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Hers' })).toMatchTextContent(/by Grace/)
    for (const name of ['Mine', 'Of somebody'])
      expect(screen.getByRole('listitem', { name }).element().textContent).not.toMatch(/by /)
    // What ended before the page was loaded is news for its owner only.
    expect(screen.getByRole('listitem', { name: 'Over' }).query()).toBeNull()
  })

  it('end without a toast and without a word, and the pill counts only one’s own', async () => {
    const { screen, change, mine, hers, heard, isEnded } = await openPage()
    change(hers, ends.failed())
    await expect.poll(() => isEnded(hers)).toBe(true)
    expect(screen.getByText(/needs attention/).query()).toBeNull()

    change(mine, ends.completed())
    await expect.poll(() => spoken('polite')).toMatch(/Mine completed/)
    expect(toasts().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Mine')])
    expect([spoken('polite'), spoken('assertive')].join(' ')).not.toMatch(/Hers/)
    expect(heard).toEqual(['Hers, not own', 'Mine, own'])
  })

  it('hide no failure of one’s own, however many have ended after it', async () => {
    const server = createFakeTaskServer({ authorize: () => 'brand' })
    server.seed({ title: 'Mine', ...ends.failed() })
    for (let number = 0; number < 101; number++) server.seed({ title: `Hers ${number}`, ...ends.completed(), ...GRACE })
    const { screen } = await renderTasks(<TaskStatusIndicator open />, { server })
    await expect.element(screen.getByRole('listitem', { name: 'Mine' })).toBeVisible()
    expect(screen.getByRole('listitem').all()).toHaveLength(1)
  })

  it('take no turn from the announcements of one’s own progress', async () => {
    const { change, context, mine, hers } = await openPage()
    change(hers, { progress: 80 })
    await expect.poll(() => context().session.cache.find(hers)?.progress).toBe(80)
    change(mine, { progress: 30 })
    await expect.poll(() => spoken('polite')).toMatch(/Mine: 25 percent/)
  })

  it('leave the pill without a number when they alone have ended', async () => {
    const server = createFakeTaskServer({ authorize: () => 'brand' })
    const { taskId } = server.seed({ title: 'Hers', status: 'processing', ...GRACE })
    const { screen, change } = await renderTasks(<TaskStatusIndicator />, { server })
    await expect.element(screen.getByRole('button', { name: /1 running/ })).toBeVisible()
    change(taskId, ends.completed())
    await screen.getByRole('button', { name: /^Background tasks/ }).click()
    await expect.element(screen.getByRole('listitem', { name: 'Hers' })).toBeVisible()
  })

  it('say in the server’s words that this user may only look', async () => {
    const { screen } = await openPage(({ action }) => (action === 'cancel' ? 'own' : 'brand'))
    await screen.getByRole('button', { name: /3 running/ }).click()
    await screen.getByRole('button', { name: 'Cancel Hers' }).click()
    await screen.getByRole('button', { name: 'Cancel task' }).click()
    const row = screen.getByRole('listitem', { name: 'Hers' })
    await expect.element(row).toMatchTextContent(/you may not cancel it\. Ask the person who owns it/)
    expect(spoken('assertive')).toMatch(/you may not cancel it/)
  })

  it('say in the server’s words that this user may not start them again', async () => {
    const server = createFakeTaskServer({ authorize: ({ action }) => (action === 'retry' ? 'own' : 'brand') })
    const { taskId } = server.seed({ title: 'Hers', status: 'processing', ...GRACE })
    const { screen, change } = await renderTasks(<TaskStatusIndicator open />, { server })
    await expect.element(screen.getByRole('listitem', { name: 'Hers' })).toBeVisible()
    change(taskId, ends.failed())
    await screen.getByRole('button', { name: 'Try again: Hers' }).click()
    const row = screen.getByRole('listitem', { name: 'Hers' })
    await expect.element(row).toMatchTextContent(/you may not retry it/)
    expect(spoken('assertive')).toMatch(/you may not retry it/)
  })
})

describe('a cancelled task', () => {
  it.each<[string, Partial<TaskJson>, string]>([
    ['nobody is known to have cancelled it', {}, 'Cancelled'],
    ['its owner did', { cancelledBy: 'ada' }, 'Cancelled'],
    ['a colleague did', { cancelledBy: 'grace' }, 'Cancelled by Grace'],
    ['a person without a name did', { cancelledBy: 'erased user' }, 'Cancelled by someone else'],
    ['a colleague cancelled what is theirs', { ...GRACE, cancelledBy: 'grace' }, 'Cancelled'],
    ['the signed-in user cancelled a colleague’s', { ...GRACE, cancelledBy: 'ada' }, 'Cancelled'],
  ])('says who has cancelled it: %s', async (_, { cancelledBy, ...owner }, sentence) => {
    const server = createFakeTaskServer({ authorize: () => 'brand' })
    const { taskId } = server.seed({ title: 'Over', status: 'processing', ...owner } as Partial<TaskJson>)
    const { screen, change } = await renderTasks(<TaskStatusIndicator open />, { server, nameOf })
    await expect.element(screen.getByRole('listitem', { name: 'Over' })).toBeVisible()
    change(taskId, { ...ends.cancelled(), ...(cancelledBy && { cancelledBy }) })
    await expect.element(screen.getByText(sentence, { exact: true })).toBeVisible()
  })
})
