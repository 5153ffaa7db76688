import type { TaskJson } from '@brandkit/core'
import { afterEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { emulate, systemColor } from '../../../test/emulate.js'
import { ends } from '../../../test/ends.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification } from './task-notification.js'

/** Failures, one after the other: the last one is the newest, and the second has the longest text. */
async function renderFailures(count: number) {
  const server = createFakeTaskServer()
  const titles = Array.from({ length: count + 1 }, (_, index) => `Task ${index + 1}`)
  const seeded = titles.map((title) => server.seed({ title, status: 'processing' }))
  const tasks = await renderTasks(
    <>
      <button type="button">Elsewhere</button>
      <TaskStatusIndicator />
      <TaskNotification duration={Infinity} />
    </>,
    { server },
  )
  await expect.poll(() => tasks.context().session.registry.ids()).toHaveLength(count + 1)
  for (const [index, { taskId }] of seeded.slice(0, count).entries()) {
    // Bursts are told together, so their time is over before the next kind of end.
    const end: Partial<TaskJson> = index % 2 === 0 ? ends.failed(`Cause ${index + 1}.`) : ends.cancelled()
    tasks.change(taskId, index === 1 ? ends.failed('Cause 2. '.repeat(24)) : end)
    await expect.poll(toasts).toHaveLength(index + 1)
  }
  await expect.element(tasks.screen.getByRole('button', { name: /1 running/ })).toBeVisible()
  return tasks
}

const toasts = () => [...document.querySelectorAll<HTMLElement>('.brandkit-toast:not([data-leaving])')]
const boxOf = (element: Element | undefined) => element?.getBoundingClientRect() ?? new DOMRect()
/** The boxes of the three newest toasts. */
const boxes = () => [boxOf(toasts()[0]), boxOf(toasts()[1]), boxOf(toasts()[2])] as const
const visible = () => toasts().map((toast) => getComputedStyle(toast).visibility)
const isSettled = () =>
  toasts().every((toast) => toast.getAnimations().every(({ playState }) => playState !== 'running'))
const elsewhere = () => page.getByRole('button', { name: 'Elsewhere' })

afterEach(async () => {
  await emulate({})
  await page.viewport(1024, 768)
  document.documentElement.dir = ''
  localStorage.clear()
})

describe('several toasts', () => {
  it('are a list of items in a named region, newest first', async () => {
    const { screen } = await renderFailures(3)
    const region = screen.getByRole('region', { name: 'Notifications' })
    await expect.element(region.getByRole('list')).toBeInTheDocument()
    expect(region.getByRole('list').getByRole('listitem').elements()).toEqual(toasts())
    expect(toasts().map((toast) => toast.textContent)).toEqual([
      expect.stringContaining('Task 3'),
      expect.stringContaining('Task 2'),
      expect.stringContaining('Task 1'),
    ])
  })

  it('lie behind the newest one, each with a strip of its edge in view, and no wider than it', async () => {
    await emulate({ 'prefers-reduced-motion': 'reduce' })
    await renderFailures(3)
    await elsewhere().hover()
    const [front, second, third] = boxes()
    expect([front.top - second.top, second.top - third.top].map(Math.round)).toEqual([10, 10])
    expect(second.width).toBeLessThan(front.width)
    expect(third.width).toBeLessThan(second.width)
    // The longest one ends behind the front one.
    const below = document.elementFromPoint(front.left + 20, front.bottom + 6)
    expect(toasts().some((toast) => toast.contains(below))).toBe(false)
    expect(second.height).toBeGreaterThan(front.height)
    expect(toasts().map((toast) => getComputedStyle(toast.firstElementChild as Element).opacity)).toEqual([
      '1',
      '0',
      '0',
    ])
  })

  it.each([
    ['under the pointer', async () => userEvent.hover(toasts()[0] as HTMLElement)],
    ['with the keyboard in them', async () => userEvent.tab()],
    ['after a tap', async () => toasts()[0]?.querySelector<HTMLElement>('p')?.click()],
  ])('fan out %s, and shift nothing', async (_how, attend) => {
    const { screen } = await renderFailures(3)
    await elsewhere().click()
    await expect.poll(isSettled).toBe(true)
    const pill = () => boxOf(screen.getByRole('button', { name: /1 running/ }).element())
    const before = pill()
    await attend()
    await expect.poll(() => boxes().map(({ top, bottom }) => bottom - top > 60)).toEqual([true, true, true])
    await expect.poll(isSettled).toBe(true)
    const [front, second, third] = boxes()
    expect([front.top - second.bottom, second.top - third.bottom].map(Math.round)).toEqual([8, 8])
    expect(third.top).toBeGreaterThan(0)
    expect(pill()).toEqual(before)
    await elsewhere().click()
    await expect.poll(() => Math.round(boxes()[0].top - boxes()[1].top)).toBe(10)
  })

  it('are three at a time; the next one moves up when one goes', async () => {
    const { screen } = await renderFailures(4)
    await expect.poll(visible).toEqual(['visible', 'visible', 'visible', 'hidden'])
    await screen.getByRole('button', { name: 'Dismiss Task 4' }).click()
    await expect.poll(visible).toEqual(['visible', 'visible', 'visible'])
  })

  it('are only as many as the window has room for', async () => {
    await page.viewport(320, 420)
    await renderFailures(3)
    await userEvent.hover(toasts()[0] as HTMLElement)
    await expect.poll(isSettled).toBe(true)
    const shown = toasts().filter((toast) => getComputedStyle(toast).visibility === 'visible')
    expect(shown.length).toBeLessThan(3)
    for (const toast of shown) expect(boxOf(toast).top).toBeGreaterThanOrEqual(0)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
  })

  it('keep their edges where colours are forced', async () => {
    await emulate({ 'forced-colors': 'active' })
    await renderFailures(2)
    for (const toast of toasts()) expect(getComputedStyle(toast).borderTopColor).toBe(systemColor('CanvasText'))
  })

  it('move at once where less motion is wanted', async () => {
    await emulate({ 'prefers-reduced-motion': 'reduce' })
    await renderFailures(2)
    await userEvent.hover(toasts()[0] as HTMLElement)
    await expect.poll(() => boxes()[1].bottom < boxes()[0].top).toBe(true)
    expect(document.getAnimations()).toEqual([])
  })
})

describe('a toast with the keyboard in it', () => {
  it('goes on Escape, and hands the focus to the next one, and after the last to the pill', async () => {
    const { screen } = await renderFailures(2)
    await elsewhere().click()
    await userEvent.tab()
    await userEvent.keyboard('{Escape}')
    await expect.poll(toasts).toHaveLength(1)
    await expect.element(screen.getByRole('button', { name: 'Dismiss Task 1' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.poll(toasts).toHaveLength(0)
    await expect.element(screen.getByRole('button', { name: /1 running/ })).toHaveFocus()
  })
})
