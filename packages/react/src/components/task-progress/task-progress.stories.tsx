import { expect, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { createTaskScenario } from '../../testing/task-scenario.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import type { TaskScenario } from '../../testing/task-scenario.js'
import { TaskProgress } from './task-progress.js'

const meta = preview.meta({
  title: 'TaskProgress',
  component: TaskProgress,
  args: { taskId: idOf(taskScenarios.one()), onOpenResult: () => {} },
})

function idOf({ tasks: [first] }: TaskScenario): string {
  if (!first) throw new Error('The scenario has no task.')
  return first.taskId
}
const onPage = (scenario: TaskScenario) => ({ frame: { place: 'page', scenario } })
const rootOf = (canvasElement: HTMLElement) =>
  canvasElement.querySelector<HTMLElement>('[data-component="task-progress"]')

export const Running = meta.story({
  parameters: onPage(taskScenarios.one()),
  play: async ({ canvas, canvasElement }) => {
    const bar = await canvas.findByRole('progressbar', { name: 'Media plan: Spring sale' })
    await expect(bar).toHaveAttribute('value', '62')
    await expect(bar).toHaveAttribute('aria-valuetext', '62 percent')
    await waitFor(() => expect(rootOf(canvasElement)).toHaveTextContent(/Estimating reach.*42s.*about .* left/))
    await expect(rootOf(canvasElement)).toHaveAttribute('data-type', 'GENERATE_MEDIA_PLAN')
  },
})

export const Compact = meta.story({
  args: { variant: 'compact' },
  parameters: onPage(taskScenarios.one()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('progressbar', { name: 'Media plan: Spring sale' }))
    await expectVisible(canvas.getByText('62%'))
    await expect(canvas.queryByRole('button')).toBeNull()
  },
})

export const Unmeasured = meta.story({
  name: 'Running, progress unknown',
  parameters: onPage(createTaskScenario([{ title: 'Brand kit: Aurora', type: 'GENERATE_BRAND_KIT', createdAgo: 6 }])),
  play: async ({ canvas }) => {
    const bar = await canvas.findByRole('progressbar', { name: 'Brand kit: Aurora' })
    await expect(bar).not.toHaveAttribute('value')
    await expect(bar).toHaveAttribute('aria-valuetext', 'in progress')
  },
})

export const Waiting = meta.story({
  parameters: onPage(taskScenarios.waiting()),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveTextContent('Next in line'))
    await expect(rootOf(canvasElement)).toHaveAttribute('data-phase', 'waiting')
  },
})

export const Scheduled = meta.story({
  parameters: onPage(taskScenarios.scheduled()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText(/^Starts in 1 hr 35 min/))
  },
})

export const Retrying = meta.story({
  name: 'Retrying: retry 2 of 3 in 8 s',
  parameters: onPage(taskScenarios.retrying()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('Retry 2 of 3 in 8s'))
  },
})

export const Completed = meta.story({
  parameters: onPage(taskScenarios.finished()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('button', { name: /^Open result/ }))
    await expect(canvas.queryByRole('progressbar')).toBeNull()
  },
})

export const CompletedCompact = meta.story({
  name: 'Completed, compact',
  args: { variant: 'compact' },
  parameters: onPage(taskScenarios.finished()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('Completed'))
  },
})

export const Failed = meta.story({
  parameters: onPage(taskScenarios.failed()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText(/something that is no post/))
    await expectVisible(canvas.getByRole('button', { name: /^Try again/ }))
  },
})

export const Gone = meta.story({
  name: 'Not there any more',
  args: { taskId: '01956000-0000-7000-8000-000000000099' },
  parameters: onPage(taskScenarios.none()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('This task is no longer there.'))
  },
})

export const Loading = meta.story({
  parameters: { frame: { place: 'page', scenario: taskScenarios.none(), faults: { status: 'hangs' } } },
  play: async ({ canvas }) => {
    await canvas.findByText('Loading…')
  },
})

export const LongName = meta.story({
  name: 'Long name, 320 px',
  globals: { viewport: { value: 'narrow', isRotated: false } },
  parameters: onPage(taskScenarios.longNames()),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    const root = rootOf(canvasElement)
    await expect(root?.scrollWidth).toBe(root?.clientWidth)
  },
})

export const RightToLeft = meta.story({
  name: 'RTL, in Arabic',
  parameters: { looks: { locale: 'ar' }, ...onPage(taskScenarios.one()) },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    const icon = rootOf(canvasElement)?.querySelector('.brandkit-icon')?.getBoundingClientRect().left ?? 0
    await expect(icon).toBeGreaterThan(
      rootOf(canvasElement)?.querySelector('.brandkit-percent')?.getBoundingClientRect().left ?? Infinity,
    )
  },
})

export const Dark = meta.story({
  parameters: { looks: { theme: 'dark' }, ...onPage(taskScenarios.one()) },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    await expect(getComputedStyle(rootOf(canvasElement) as Element).color).toBe('rgb(243, 243, 246)')
  },
})

export const ClassesAndSlots = meta.story({
  name: 'Classes and slots',
  args: {
    classNames: { root: 'my-root', progress: 'my-bar' },
    slots: {
      title: ({ task, children }) => (
        <em>
          {task.brandId} · {children}
        </em>
      ),
    },
  },
  parameters: onPage(taskScenarios.one()),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    await expect(rootOf(canvasElement)).toHaveClass('brandkit-root', 'my-root')
    await expect(canvasElement.querySelector('.brandkit-progress')).toHaveClass('my-bar')
    await expect(rootOf(canvasElement)).toHaveTextContent('aurora · Media plan: Spring sale')
  },
})
