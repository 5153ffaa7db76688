import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { ends } from '../../../test/ends.js'
import { fakePageTime, LONG_MS, outlastToast } from '../../../test/page-time.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskNotification } from './task-notification.js'

async function generate() {
  fakePageTime()
  const tasks = await renderTasks(
    <>
      <GenerateButton />
      <TaskNotification duration={LONG_MS} />
    </>,
  )
  await tasks.screen.getByRole('button', { name: 'Generate' }).click()
  await expect.element(tasks.screen.getByText('Started')).toBeVisible()
  return tasks
}

const toasts = () => document.querySelectorAll('.brandkit-toast').length

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
  vi.restoreAllMocks()
})

describe('the time of a toast', () => {
  it('stands still while the keyboard is in it', async () => {
    const { screen } = await generate()
    await userEvent.tab()
    await expect.element(screen.getByRole('button', { name: /^Dismiss/ })).toHaveFocus()
    await outlastToast()
    expect(toasts()).toBe(1)
    await userEvent.tab({ shift: true })
    await expect.element(screen.getByRole('button', { name: 'Generate' })).toHaveFocus()
    await outlastToast()
    await expect.poll(toasts).toBe(0)
  })

  it('stands still while nobody sees the page', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get')
    await generate()
    visibility.mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    await outlastToast()
    expect(toasts()).toBe(1)
    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await outlastToast()
    await expect.poll(toasts).toBe(0)
  })
})

describe('a toast that is dismissed', () => {
  it('hands the focus to the next one', async () => {
    const { screen, context, change } = await generate()
    await expect.poll(() => context().session.registry.ids()).toHaveLength(1)
    change(context().session.registry.ids()[0] ?? '', ends.failed('First.'))
    await expect.element(screen.getByText('First.')).toBeVisible()
    await screen.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(toasts).toBe(2)
    const [first, second] = [...document.querySelectorAll<HTMLElement>('[data-brandkit-dismiss]')]
    first?.click()
    await expect.poll(() => document.activeElement).toBe(second)
  })
})
