import { expect, fn, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { stageOf } from '../../../.storybook/stage.js'
import { GenerateButton } from '../../../test/generate-button.js'
import { createTaskScenario } from '../../testing/task-scenario.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskStatusIndicator } from '../task-status-indicator/task-status-indicator.js'
import { TaskNotification } from './task-notification.js'

const meta = preview.meta({
  title: 'TaskNotification',
  component: TaskNotification,
  // The toasts stay, so that viewers have time to look at them.
  args: { duration: Infinity, onOpenResult: fn() },
  decorators: [
    (Story, { parameters }) => (
      <>
        <Story />
        <TaskStatusIndicator position={parameters['position'] as 'bottom-start'} onOpenResult={() => {}} />
      </>
    ),
  ],
  parameters: { frame: { scenario: taskScenarios.one() } },
})

const toastsOf = (canvasElement: HTMLElement) => canvasElement.querySelectorAll('.brandkit-toast')

/** Ends the story's tasks once the page follows them. */
async function endAll(storyId: string, fields: Parameters<ReturnType<typeof stageOf>['change']>[1]): Promise<void> {
  const stage = stageOf(storyId)
  await waitFor(() => expect(stage.context?.session.registry.ids()).not.toEqual([]))
  for (const taskId of stage.context?.session.registry.ids() ?? []) stage.server.change(taskId, fields)
  stage.context?.follower.wake()
}

const endedAt = new Date(0).toISOString()
const completed = { status: 'completed', progress: 100, completedAt: endedAt, result: {} } as never
const failed = {
  status: 'failed',
  completedAt: endedAt,
  lastError: 'The source answered with nothing.',
  errorCode: 'worker_lost',
} as never

export const Started = meta.story({
  parameters: { frame: { scenario: taskScenarios.none() } },
  decorators: [
    (Story) => (
      <>
        <div className="story-controls">
          <GenerateButton />
        </div>
        <Story />
      </>
    ),
  ],
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Generate' }))
    await expectVisible(await canvas.findByText('Started'))
    await expectVisible(canvas.getByText('You can go on working meanwhile.'))
    await expect(toastsOf(canvasElement)).toHaveLength(1)
    await canvas.findByRole('button', { name: /1 (running|waiting)/ })
  },
})

export const Completed = meta.story({
  play: async ({ id, args, canvas, userEvent }) => {
    await endAll(id, completed)
    await expectVisible(await canvas.findByText('Completed'))
    const open = canvas.getByRole('button', { name: 'Open result of Media plan: Spring sale' })
    open.focus()
    await userEvent.keyboard('{Enter}')
    await expect(args.onOpenResult).toHaveBeenCalledOnce()
    await waitFor(() => expect(canvas.queryByText('Completed')).toBeNull())
  },
})

export const CompletedToLookAt = meta.story({
  name: 'Completed, to look at',
  play: async ({ id, canvas }) => {
    await endAll(id, completed)
    await expectVisible(await canvas.findByText('Completed'))
  },
})

export const Failed = meta.story({
  play: async ({ id, canvas, canvasElement }) => {
    await endAll(id, failed)
    await expectVisible(await canvas.findByText('Failed'))
    await expect(toastsOf(canvasElement)[0]).toHaveTextContent(/It was interrupted\. ?Nothing is wrong with your input/)
    await waitFor(() => expect(canvasElement.querySelector('[aria-live="assertive"]')).toHaveTextContent(/failed/))
  },
})

export const Cancelled = meta.story({
  play: async ({ id, canvas }) => {
    await endAll(id, { status: 'cancelled', completedAt: endedAt } as never)
    await expectVisible(await canvas.findByText('Cancelled'))
  },
})

export const Burst = meta.story({
  name: 'Burst: 5 completed',
  parameters: {
    frame: {
      scenario: createTaskScenario(
        Array.from({ length: 5 }, (_, index) => ({ title: `Personas: Market ${index + 1}`, progress: 90 })),
      ),
    },
  },
  play: async ({ id, canvas, canvasElement }) => {
    await waitFor(() => expect(stageOf(id).context?.session.registry.ids()).toHaveLength(5))
    await endAll(id, completed)
    await expectVisible((await canvas.findAllByText('5 completed'))[0])
    await expect(toastsOf(canvasElement)).toHaveLength(1)
    await expectVisible(canvas.getByRole('button', { name: 'Show: 5 completed' }))
  },
})

export const Stacked = meta.story({
  name: 'Several, above the pill',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ id, canvas, canvasElement }) => {
    const stage = stageOf(id)
    await waitFor(() => expect(stage.context?.session.registry.ids()).toHaveLength(3))
    const [first = '', second = ''] = stage.context?.session.registry.ids() ?? []
    stage.server.change(first, failed)
    stage.change(second, completed)
    await waitFor(() => expect(toastsOf(canvasElement)).toHaveLength(2))
    const pill = await canvas.findByRole('button', { name: /1 (running|waiting)/ })
    // A folded toast that is higher than the one in front is clipped, so the stack is measured.
    const stack = canvasElement.querySelector('.brandkit-toasts') as HTMLElement
    await waitFor(() => expect(stack.getBoundingClientRect().bottom).toBeLessThan(pill.getBoundingClientRect().top))
  },
})

/** Ends the story's three tasks one after the other, so that the last one is in front. */
async function endInTurn(storyId: string, canvasElement: HTMLElement): Promise<void> {
  const stage = stageOf(storyId)
  await waitFor(() => expect(stage.context?.session.registry.ids()).toHaveLength(3))
  const ends = [failed, { status: 'cancelled', completedAt: endedAt } as never, failed]
  for (const [index, taskId] of (stage.context?.session.registry.ids() ?? []).entries()) {
    stage.change(taskId, ends[index] ?? failed)
    await waitFor(() => expect(toastsOf(canvasElement)).toHaveLength(index + 1))
  }
}

export const Folded = meta.story({
  name: 'Stack, folded',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ id, canvas, canvasElement }) => {
    await endInTurn(id, canvasElement)
    const [front, second] = [...toastsOf(canvasElement)].map((toast) => toast.getBoundingClientRect())
    await expect(canvas.getByRole('list')).toBe(canvasElement.querySelector('.brandkit-toasts'))
    await expect((front?.top ?? 0) - (second?.top ?? 0)).toBeLessThan(12)
  },
})

async function fanOut(canvasElement: HTMLElement, userEvent: { tab: () => Promise<void> }): Promise<void> {
  await userEvent.tab()
  await expect(canvasElement.querySelector('.brandkit-toast')).toContainElement(document.activeElement as HTMLElement)
  await waitFor(async () => {
    const [front, second] = [...toastsOf(canvasElement)].map((toast) => toast.getBoundingClientRect())
    await expect(second?.bottom ?? Infinity).toBeLessThan(front?.top ?? 0)
  })
}

/** While the pointer or the keyboard is in it, or after a tap. */
export const FannedOut = meta.story({
  name: 'Stack, fanned out',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ id, canvasElement, userEvent }) => {
    await endInTurn(id, canvasElement)
    await fanOut(canvasElement, userEvent)
  },
})

export const FannedOutInArabic = meta.story({
  name: 'Stack, fanned out, RTL in Arabic',
  parameters: { looks: { locale: 'ar' }, frame: { scenario: taskScenarios.three() } },
  play: async ({ id, canvasElement, userEvent }) => {
    await endInTurn(id, canvasElement)
    await fanOut(canvasElement, userEvent)
    await expect(toastsOf(canvasElement)[0]?.getBoundingClientRect().left).toBeLessThan(100)
  },
})

export const BurstInArabic = meta.story({
  name: 'Burst, in Arabic digits',
  parameters: {
    looks: { locale: 'ar' },
    frame: {
      scenario: createTaskScenario(
        Array.from({ length: 5 }, (_, index) => ({ title: `شخصيات الجمهور: ${index + 1}`, progress: 90 })),
      ),
    },
  },
  play: async ({ id, canvas }) => {
    await waitFor(() => expect(stageOf(id).context?.session.registry.ids()).toHaveLength(5))
    await endAll(id, completed)
    await expectVisible((await canvas.findAllByText(/٥/))[0])
  },
})

export const BottomStart = meta.story({
  name: 'Bottom start',
  parameters: { position: 'bottom-start' },
  play: async ({ id, canvas, canvasElement }) => {
    await endAll(id, failed)
    await expectVisible(await canvas.findByText('Failed'))
    await expect(canvasElement.querySelector('.brandkit-dock')).toHaveAttribute('data-position', 'bottom-start')
  },
})
