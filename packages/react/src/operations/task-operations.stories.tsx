import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.js'
import {
  createHistory,
  nameOf,
  stageOperations,
  UNREACHABLE,
  USERS,
  withManyTasks,
  withSpending,
} from '../../test/operations-history.js'
import { OPERATIONS_LOCALES } from '../../test/operations-locales.js'
import '../operations.css'
import { TaskOperations } from './task-operations.js'

const meta = preview.meta({
  title: 'TaskOperations',
  component: TaskOperations,
  args: { users: USERS, nameOf, traceUrl: (traceId: string) => `https://traces.example/${traceId}` },
  parameters: { frame: { place: 'page' } },
  render: (args, { globals }) => <TaskOperations labels={OPERATIONS_LOCALES[String(globals['locale'])]} {...args} />,
})

export const Healthy = meta.story({
  args: { service: withSpending(stageOperations(createHistory({ failsEach: 0 })).service) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Nothing has failed.')).toBeInTheDocument()
    await expect(await canvas.findByRole('rowgroup', { name: 'Under way' })).toHaveTextContent(/Media plan/)
  },
})

export const Failing = meta.story({
  args: { service: withSpending(stageOperations(createHistory({ failsEach: 5 })).service) },
  play: async ({ canvas, userEvent }) => {
    const failures = await canvas.findByRole('rowgroup', { name: 'Failed' })
    const [first] = await waitFor(() => {
      const rows = [...failures.querySelectorAll<HTMLElement>('[data-task]')]
      void expect(rows.length).toBeGreaterThan(3)
      return rows
    })
    first?.focus()
    await userEvent.keyboard('{Enter}')
    const details = await canvas.findByRole('dialog', { name: /^Details of/ })
    await expect(details).toHaveTextContent(/Timeline/)
    await waitFor(() => expect(details).toHaveTextContent(/campaignName/))
  },
})

export const Empty = meta.story({
  args: { service: stageOperations([]).service },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Nothing waits and nothing runs.')).toBeInTheDocument()
    await expect((await canvas.findAllByText('Nothing ended in this time.')).length).toBe(2)
  },
})

export const HundredThousand = meta.story({
  name: '100,000 tasks',
  args: { service: withManyTasks(stageOperations(createHistory({ ended: 40 })).service) },
  play: async ({ canvas, userEvent }) => {
    const ended = await canvas.findByRole('rowgroup', { name: 'Ended' })
    await waitFor(() => expect(ended.querySelectorAll('[data-task]')).toHaveLength(25))
    await userEvent.click(canvas.getByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(ended.querySelectorAll('[data-task]')).toHaveLength(75))
  },
})

export const NoPermission = meta.story({
  args: { service: stageOperations([], 'user').service },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'This page is for operators' })).toBeInTheDocument()
  },
})

export const Unreachable = meta.story({
  name: 'Offline',
  args: { service: UNREACHABLE },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/The server does not answer/)).toBeInTheDocument()
  },
})
