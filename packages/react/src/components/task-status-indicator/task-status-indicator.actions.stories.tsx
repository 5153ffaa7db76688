import { expect, fn, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { stageOf } from '../../../.storybook/stage.js'
import { createTaskScenario } from '../../testing/task-scenario.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const meta = preview.meta({
  title: 'TaskStatusIndicator/Actions',
  component: TaskStatusIndicator,
  args: { open: true, onOpenResult: () => {}, onOpenTask: fn() },
})

const statusesOf = (id: string) =>
  stageOf(id)
    .context?.session.registry.tasks()
    .map(({ status }) => status)

export const AskingBeforeAllAreCancelled = meta.story({
  name: 'Cancel all: asking',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ id, canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel all' }))
    await expectVisible(canvas.getByRole('group', { name: 'Cancel 3 tasks?' }))
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Keep running' })).toHaveFocus())
    await expect(statusesOf(id)).not.toContain('cancelled')
  },
})

export const AllCancelled = meta.story({
  name: 'Cancel all: done',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ id, canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel all' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel all' }))
    await waitFor(() => expect(statusesOf(id)).toEqual(['cancelled', 'cancelled', 'cancelled']))
    await expect(canvas.getByRole('button', { name: /^Background tasks/ })).toHaveTextContent('3 cancelled')
  },
})

export const CancelAllRefused = meta.story({
  name: 'Cancel all: did not get through',
  parameters: { frame: { scenario: taskScenarios.three(), faults: { cancel: 'refuses' } } },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel all' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel all' }))
    const text = 'That did not get through. Try again.'
    await expectVisible((await canvas.findAllByText(text))[0])
    await expect(canvasElement.querySelector('[aria-live="assertive"]')).toHaveTextContent(text)
  },
})

export const AskingBeforeAllAreTriedAgain = meta.story({
  name: 'Try all again: asking',
  parameters: { frame: { scenario: taskScenarios.failed() } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Try all again' }))
    await expectVisible(canvas.getByRole('group', { name: 'Try 2 tasks again?' }))
  },
})

export const AskingBeforeTheListIsCleared = meta.story({
  name: 'Clear: asking',
  parameters: { frame: { scenario: taskScenarios.finished() } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Clear' }))
    await expectVisible(canvas.getByRole('group', { name: 'Clear 2 tasks from this list?' }))
  },
})

export const RowMenu = meta.story({
  name: 'Menu of a row',
  parameters: { frame: { scenario: taskScenarios.failed() } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'More actions for Content package: Sleep better' }))
    const menu = canvas.getByRole('menu', { name: 'More actions for Content package: Sleep better' })
    await expect(menu).toHaveTextContent('OpenCopy trace idDismissDelete')
    await expect(canvas.getByRole('menuitem', { name: 'Open' })).toHaveFocus()
  },
})

export const AskingBeforeDelete = meta.story({
  name: 'Delete: asking',
  parameters: { frame: { scenario: taskScenarios.finished() } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^More actions for Media plan/ }))
    await userEvent.click(canvas.getByRole('menuitem', { name: 'Delete' }))
    await expectVisible(canvas.getByRole('group', { name: 'Delete this task and its result?' }))
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Keep' })).toHaveFocus())
  },
})

export const TitleOpens = meta.story({
  name: 'A title that opens its task',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Brand kit: Aurora' }))
    await expect(args.onOpenTask).toHaveBeenCalledWith(expect.objectContaining({ title: 'Brand kit: Aurora' }))
  },
})

export const JointRemaining = meta.story({
  name: 'Time left for all',
  parameters: {
    frame: {
      scenario: createTaskScenario([
        { title: 'Media plan: Spring sale', progress: 62, remaining: 18 },
        { title: 'Brand kit: Aurora', type: 'GENERATE_BRAND_KIT', status: 'queued', position: 1, remaining: 126 },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('About 2 min left'))
  },
})
