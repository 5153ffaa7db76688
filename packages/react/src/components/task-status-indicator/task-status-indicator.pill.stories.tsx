import { expect } from 'storybook/test'
import preview from '../../../.storybook/preview.js'
import { SCENARIO_TIME } from '../../testing/scenario-time.js'
import { createTaskScenario } from '../../testing/task-scenario.js'
import type { ScenarioTask } from '../../testing/to-scenario-task.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const meta = preview.meta({ title: 'States/Pill', component: TaskStatusIndicator, args: { onOpenResult: () => {} } })

const inMinutes = (minutes: number) => new Date(SCENARIO_TIME + minutes * 60_000).toISOString()
const times = (count: number, of: (number: number) => Omit<ScenarioTask, 'title'>): ScenarioTask[] =>
  Array.from({ length: count }, (_, index) => ({ title: `Personas: Market ${index + 1}`, ...of(index + 1) }))

const running = (count: number) => times(count, (number) => ({ progress: 20 * number, remaining: 60 }))
const waiting = (count: number) => times(count, (number) => ({ status: 'queued', position: number, remaining: 120 }))
const scheduled = (count: number) =>
  times(count, (number) => ({ status: 'queued', fields: { runAt: inMinutes(40 * number) } }))
const ended = (status: 'completed' | 'cancelled', count: number) => times(count, () => ({ status }))

const pillOf = (canvas: { findByRole: (role: 'button', options: object) => Promise<HTMLElement> }) =>
  canvas.findByRole('button', { name: /^Background tasks|^No tasks/ })

export const RunningAndWaiting = meta.story({
  name: '4 running, 16 waiting',
  parameters: { frame: { scenario: createTaskScenario([...running(4), ...waiting(16)]) } },
  play: async ({ canvas }) => {
    const pill = await pillOf(canvas)
    await expect(pill).toHaveTextContent('4 running, 16 waiting')
    // Four tasks at 20, 40, 60 and 80 % are a tenth of twenty.
    await expect(pill).toHaveTextContent('10%')
    await expect(pill).toHaveAttribute('data-phase', 'running')
  },
})

export const OnlyScheduled = meta.story({
  name: '46 scheduled',
  parameters: { frame: { scenario: createTaskScenario(scheduled(46)) } },
  play: async ({ canvas }) => {
    const pill = await pillOf(canvas)
    await expect(pill).toHaveTextContent(/^Background tasks: 46 scheduled$/)
    await expect(pill).toHaveAttribute('data-phase', 'scheduled')
  },
})

export const OnlyWaiting = meta.story({
  name: '3 waiting, while nothing runs',
  parameters: { frame: { scenario: createTaskScenario(waiting(3)) } },
  play: async ({ canvas }) => {
    await expect(await pillOf(canvas)).toHaveTextContent(/^Background tasks: 3 waiting$/)
  },
})

export const OnlyCancelled = meta.story({
  name: '1 cancelled',
  parameters: { frame: { scenario: createTaskScenario(ended('cancelled', 1)) } },
  play: async ({ canvas }) => {
    const pill = await pillOf(canvas)
    await expect(pill).toHaveTextContent(/^Background tasks: 1 cancelled$/)
    await expect(pill.querySelector('.brandkit-icon')).toHaveAttribute('data-phase', 'cancelled')
  },
})

export const CompletedAndCancelled = meta.story({
  name: '3 completed, 1 cancelled',
  parameters: { frame: { scenario: createTaskScenario([...ended('completed', 3), ...ended('cancelled', 1)]) } },
  play: async ({ canvas }) => {
    const pill = await pillOf(canvas)
    await expect(pill).toHaveTextContent('3 completed, 1 cancelled')
    await expect(pill.querySelector('.brandkit-icon')).toHaveAttribute('data-phase', 'completed')
  },
})

export const InArabic = meta.story({
  name: 'In Arabic',
  parameters: {
    looks: { locale: 'ar' },
    frame: { scenario: createTaskScenario([...running(4), ...waiting(16), ...scheduled(2)]) },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button')).toHaveTextContent(/٤ مهام قيد التنفيذ.*مهمتان مجدولتان/)
  },
})
