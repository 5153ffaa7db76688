import { expect } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { SCENARIO_TIME } from '../../testing/scenario-time.js'
import { createTaskScenario, type TaskScenario } from '../../testing/task-scenario.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskSteps } from './task-steps.js'

const ago = (seconds: number) => new Date(SCENARIO_TIME - seconds * 1_000).toISOString()
const onPage = (scenario: TaskScenario) => ({ frame: { place: 'page', scenario } })

const running = createTaskScenario([
  {
    title: 'Content package: Sleep better',
    type: 'GENERATE_CONTENT_PACKAGE',
    progress: 55,
    fields: {
      currentStep: 'posts',
      steps: [
        { key: 'angles', title: 'Finding angles', status: 'completed', startedAt: ago(74), completedAt: ago(62) },
        { key: 'posts', title: 'Writing posts', status: 'running', startedAt: ago(62), items: { done: 7, total: 12 } },
        { key: 'calendar', title: 'Filling the calendar', status: 'pending' },
      ],
    },
  },
])

const meta = preview.meta({
  title: 'TaskSteps',
  component: TaskSteps,
  args: { taskId: running.tasks[0]?.taskId ?? '' },
})

export const Running = meta.story({
  name: 'Running: 7 of 12 items',
  parameters: onPage(running),
  play: async ({ canvas }) => {
    const list = await canvas.findByRole('list', { name: 'Steps of Content package: Sleep better' })
    const [first, second, third] = list.children
    await expect(first).toHaveTextContent('Finding angles (done) 12s')
    await expect(second).toHaveTextContent('Writing posts 7 of 12 (in progress) 1m 2s')
    await expect(second).toHaveAttribute('aria-current', 'step')
    await expect(third).toHaveTextContent('Filling the calendar (to do)')
  },
})

export const Failed = meta.story({
  parameters: onPage(taskScenarios.failed()),
  play: async ({ canvasElement, canvas }) => {
    await canvas.findByRole('list')
    await expect(canvasElement.querySelectorAll('[data-status="failed"]')).toHaveLength(1)
  },
})

export const Completed = meta.story({
  parameters: onPage(taskScenarios.finished()),
  play: async ({ canvas }) => {
    await expect((await canvas.findByRole('list')).querySelectorAll('[data-status="completed"]')).toHaveLength(5)
  },
})

export const RightToLeft = meta.story({
  name: 'RTL, in Arabic, 320 px',
  globals: { viewport: { value: 'narrow', isRotated: false } },
  parameters: { looks: { locale: 'ar' }, ...onPage(running) },
  play: async ({ canvas }) => {
    const list = await canvas.findByRole('list')
    await expect(list.scrollWidth).toBe(list.clientWidth)
  },
})

export const Dark = meta.story({
  parameters: { looks: { theme: 'dark' }, ...onPage(running) },
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('Writing posts'))
  },
})

export const ClassesAndSlots = meta.story({
  name: 'Classes and slots',
  args: {
    classNames: { step: 'my-step' },
    slots: { step: ({ step, children }) => <strong data-testid={step.key}>{children}</strong> },
  },
  parameters: onPage(running),
  play: async ({ canvas }) => {
    const slot = await canvas.findByTestId('posts')
    await expect(slot.parentElement).toHaveClass('brandkit-step', 'my-step')
  },
})
