import { expect, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { SCENARIO_TIME } from '../../testing/scenario-time.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const meta = preview.meta({
  title: 'TaskStatusIndicator',
  component: TaskStatusIndicator,
  args: { open: true, onOpenResult: () => {} },
})

const rowsOf = (canvasElement: HTMLElement) => canvasElement.querySelectorAll('.brandkit-row')

// This story is the first, because documentation pages show the first story large.
export const EveryGroup = meta.story({
  name: 'Every group',
  parameters: { frame: { scenario: taskScenarios.everything() } },
  play: async ({ canvas }) => {
    for (const name of [/Active/, /Needs attention/, /Ended/])
      await expect(await canvas.findByRole('heading', { name })).toBeInTheDocument()
  },
})

export const NoTasks = meta.story({
  name: '0 tasks',
  args: { open: false },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvasElement.querySelector('[aria-live="polite"]')).toBeInTheDocument()
    await expect(canvas.queryByRole('button')).toBeNull()
  },
})

export const NoTasksOpen = meta.story({
  name: '0 tasks, open',
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('Nothing is running'))
  },
})

export const OneTask = meta.story({
  name: '1 task',
  args: { open: undefined },
  parameters: { frame: { scenario: taskScenarios.one() } },
  play: async ({ canvas, userEvent }) => {
    const pill = await canvas.findByRole('button', { name: /1 running 62%/ })
    await expect(pill).toHaveAttribute('aria-expanded', 'false')
    await userEvent.click(pill)
    const row = await canvas.findByRole('listitem', { name: 'Media plan: Spring sale' })
    await expect(row).toHaveTextContent(/Estimating reach/)
    await expect(row).toHaveTextContent(/42s/)
    await waitFor(() => expect(row).toHaveTextContent(/about 20 sec left/))
  },
})

export const ThreeTasks = meta.story({
  name: '3 tasks',
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(rowsOf(canvasElement)).toHaveLength(3))
    await expect(canvas.getByRole('progressbar', { name: /Media plan/ })).toHaveAttribute('value', '62')
    await expect(canvas.getByRole('progressbar', { name: /Brand kit/ })).not.toHaveAttribute('value')
  },
})

export const TwoHundredTasks = meta.story({
  name: '200 tasks',
  parameters: { frame: { scenario: taskScenarios.many() } },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await canvas.findByRole('button', { name: /2 running, 198 waiting/ })
    await expect(rowsOf(canvasElement)).toHaveLength(50)
    await expect(rowsOf(canvasElement)[1]).toHaveAttribute('data-phase', 'running')
    await userEvent.click(canvas.getByRole('button', { name: 'Show 50 more' }))
    await waitFor(() => expect(rowsOf(canvasElement)).toHaveLength(100))
    await expect(rowsOf(canvasElement)[50]).toHaveFocus()
  },
})

export const LongNames = meta.story({
  name: 'Long names',
  parameters: { frame: { scenario: taskScenarios.longNames() } },
  play: async ({ canvas }) => {
    const list = await canvas.findByRole('group', { name: 'Background tasks' })
    await canvas.findByRole('listitem', { name: /Donaudampfschiff/ })
    await expect(list.scrollWidth).toBe(list.clientWidth)
  },
})

export const Waiting = meta.story({
  name: 'Waiting, with the place in the queue',
  parameters: { frame: { scenario: taskScenarios.waiting() } },
  play: async ({ canvas }) => {
    const [patient, next] = [
      await canvas.findByRole('listitem', { name: /Personas/ }),
      canvas.getByRole('listitem', { name: /Viral/ }),
    ]
    await waitFor(() => expect(patient).toHaveTextContent('3 tasks ahead'))
    await expect(next).toHaveTextContent('Next in line')
  },
})

export const Scheduled = meta.story({
  name: 'Scheduled',
  parameters: { frame: { scenario: taskScenarios.scheduled() } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('listitem', { name: /Summer/ })).toHaveTextContent('Starts in 1 hr 35 min')
    await expect(canvas.getByRole('listitem', { name: /Plant/ })).toHaveTextContent(/Starts Mar \d/)
  },
})

export const Retrying = meta.story({
  name: 'Retrying: retry 2 of 3 in 8 s',
  parameters: { frame: { scenario: taskScenarios.retrying() } },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /Facebook/ })
    await expect(row).toHaveTextContent('Retry 2 of 3 in 8s')
    await expect(row).toHaveTextContent('Facebook did not answer in time.')
  },
})

export const Throttled = meta.story({
  name: 'Waiting for a provider',
  parameters: { frame: { scenario: taskScenarios.throttled() } },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /Personas/ })
    await expect(row).toHaveTextContent(/Waiting for openaiabout 20 sec/)
    await expect(row).toHaveAttribute('data-phase', 'throttled')
  },
})

export const OfColleague = meta.story({
  name: 'A task of a colleague',
  parameters: { frame: { scenario: taskScenarios.colleagues() } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('listitem', { name: /Personas/ })).toHaveTextContent('by Grace')
    await expect(canvas.getByRole('listitem', { name: /Media plan/ })).not.toHaveTextContent('by ')
    await expect(canvas.getByRole('listitem', { name: /Brand kit/ })).toHaveTextContent('Cancelled by Grace')
  },
})

export const AskingBeforeCancel = meta.story({
  name: 'Asking before it cancels a running task',
  parameters: { frame: { scenario: taskScenarios.one() } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Cancel/ }))
    await expectVisible(canvas.getByRole('group', { name: 'Cancel this task?' }))
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Keep running' })).toHaveFocus())
  },
})

export const Cancelling = meta.story({
  name: 'Cancelling…',
  parameters: { frame: { scenario: taskScenarios.one(), faults: { cancel: 'hangs' } } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Cancel/ }))
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel task' }))
    await expect(await canvas.findByRole('button', { name: 'Cancelling…' })).toHaveAttribute('aria-disabled', 'true')
    await expectVisible(canvas.getByRole('progressbar'))
  },
})

export const CancelRefused = meta.story({
  name: 'Cancel that did not get through',
  parameters: { frame: { scenario: taskScenarios.one(), faults: { cancel: 'refuses' } } },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Cancel/ }))
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel task' }))
    const text = 'It could not be cancelled. Try again.'
    await expectVisible((await canvas.findAllByText(text))[0])
    await expect(canvasElement.querySelector('[aria-live="assertive"]')).toHaveTextContent(text)
  },
})

export const Failed = meta.story({
  name: 'Failed: cause, next action, trace id',
  parameters: { frame: { scenario: taskScenarios.failed() } },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /Content package/ })
    await expect(row).toHaveTextContent(/something that is no post/)
    await expect(row).toHaveTextContent(/send us the trace id/)
    await expect(row).toHaveTextContent(/4bf92f3577b34da6/)
    await expect(row.querySelector('time')).toHaveTextContent('2 min. ago')
    await expect(row.querySelector('time')).toHaveAttribute('datetime', '2027-03-02T09:28:00.000Z')
    await expect(canvas.getAllByRole('button', { name: 'Copy trace id' })).toHaveLength(2)
  },
})

export const Finished = meta.story({
  name: 'Completed and cancelled',
  parameters: { frame: { scenario: taskScenarios.finished() } },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /Winter/ })
    await expect(row).toHaveTextContent(/Completed.*took 1m 5s/)
    await expectVisible(canvas.getByRole('button', { name: /^Open result/ }))
    await expect(canvas.getByRole('listitem', { name: /Oat bar/ })).toHaveTextContent('Cancelled')
  },
})

export const Partial = meta.story({
  name: 'Partial result',
  args: {
    renderResult: ({ partialResult }) => (
      <ul>
        {(partialResult as { ideas: string[] }).ideas.map((idea) => (
          <li key={idea}>{idea}</li>
        ))}
      </ul>
    ),
  },
  parameters: { frame: { scenario: taskScenarios.partial() } },
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('So far'))
    await expectVisible(canvas.getByText(/barista duel/))
  },
})

export const Steps = meta.story({
  name: 'Steps on demand',
  parameters: { frame: { scenario: taskScenarios.one() } },
  play: async ({ canvas, userEvent }) => {
    const steps = await canvas.findByText('3 of 5 steps')
    await userEvent.click(steps)
    await expectVisible(canvas.getByText(/Filling the calendar/))
  },
})

export const Items = meta.story({
  name: 'Running: 7 of 12 items',
  parameters: { frame: { scenario: taskScenarios.items() } },
  play: async ({ canvas, canvasElement, userEvent }) => {
    const row = await canvas.findByRole('listitem', { name: 'Content package: Sleep better' })
    await expect(row.querySelector('.brandkit-detail')).toHaveTextContent(/^Writing posts7 of 12/)
    await userEvent.click(await canvas.findByText('1 of 3 steps'))
    await expect(canvasElement.querySelector('[data-status="running"]')).toHaveTextContent(
      'Writing posts 7 of 12 (in progress)',
    )
  },
})

export const Offline = meta.story({
  name: 'Offline',
  parameters: {
    frame: {
      scenario: taskScenarios.three(),
      connection: { state: 'offline', lastUpdatedAt: SCENARIO_TIME - 3 * 60_000 },
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await expectVisible(await canvas.findByText('Last updated 3 min. ago'))
    await waitFor(() => expect(rowsOf(canvasElement)).toHaveLength(3))
    await expect(canvasElement.querySelector('[data-phase="failed"]')).toBeNull()
  },
})
