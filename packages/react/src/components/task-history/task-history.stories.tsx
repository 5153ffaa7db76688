import { expect, waitFor, within } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { SCENARIO_TIME } from '../../testing/scenario-time.js'
import { createTaskScenario, type TaskScenario } from '../../testing/task-scenario.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import type { ScenarioTask } from '../../testing/to-scenario-task.js'
import { translatedScenarios } from '../../testing/translated-scenarios.js'
import { TaskHistory } from './task-history.js'

const meta = preview.meta({
  title: 'TaskHistory',
  component: TaskHistory,
  args: { getHref: ({ taskId }) => `#${taskId}`, onOpenTask: () => {}, onOpenResult: () => {} },
})

const onPage = (scenario: TaskScenario, more: object = {}) => ({ frame: { place: 'page', scenario, ...more } })
const rowsOf = (canvasElement: HTMLElement) => canvasElement.querySelectorAll<HTMLElement>('.brandkit-row')

const TYPES = ['GENERATE_MEDIA_PLAN', 'GENERATE_TRENDS', 'GENERATE_VIRAL_IDEAS'] as const
const NAMES = ['Media plan', 'Trends', 'Viral ideas']
const HOUR = 3_600

/** A week of plausible work, the newest first. */
const week = createTaskScenario([
  { title: 'Media plan: Spring sale', progress: 62, remaining: 18, fields: { tags: ['Aurora', 'Spring'] } },
  { title: 'Personas: Young parents', type: 'AUTO_GENERATE_PERSONAS', status: 'queued', position: 3, createdAgo: 90 },
  {
    title: 'Content package: Sleep better',
    type: 'GENERATE_CONTENT_PACKAGE',
    status: 'failed',
    progress: 45,
    createdAgo: 2 * HOUR,
    endedAgo: 2 * HOUR - 90,
    fields: {
      retryCount: 3,
      lastError: 'The text model answered with something that is no post, four times in a row.',
      errorCode: 'generator_failed',
    },
  },
  ...Array.from({ length: 26 }, (_, index): ScenarioTask => {
    const createdAgo = (4 + 6 * index) * HOUR
    return {
      title: `${NAMES[index % 3]}: Market ${index + 1}`,
      type: TYPES[index % 3],
      status: index % 7 === 5 ? 'cancelled' : 'completed',
      createdAgo,
      startedAgo: createdAgo - 3,
      endedAgo: createdAgo - 60 - index,
      fields: index % 4 === 0 ? { tags: ['Aurora'] } : {},
    }
  }),
])

export const Everything = meta.story({
  name: 'A week of tasks',
  parameters: onPage(week),
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(rowsOf(canvasElement).length).toBeGreaterThanOrEqual(20))
    const running = canvas.getByRole('listitem', { name: 'Media plan: Spring sale' })
    await expect(running).toHaveTextContent(/Estimating reach/)
    await expect(within(running).getByRole('progressbar')).toHaveAttribute('value', '62')
    await expect(within(running).getByRole('link', { name: 'Media plan: Spring sale' })).toHaveAttribute(
      'href',
      `#${running.dataset['taskId']}`,
    )
    await expect(canvas.getByRole('listitem', { name: /Sleep better/ })).toHaveTextContent('1 hr. ago')
  },
})

export const Filtered = meta.story({
  name: 'Search and filters',
  parameters: onPage(week),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await waitFor(() => expect(rowsOf(canvasElement).length).toBeGreaterThanOrEqual(20))
    const titles = () => [...rowsOf(canvasElement)].map((row) => row.ariaLabel)
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Search' }), 'market 2')
    await waitFor(() => expect(titles()).toHaveLength(8))
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Type' }), 'Trends')
    await waitFor(() => expect(titles()).toEqual([2, 20, 23, 26].map((market) => `Trends: Market ${market}`)))
    await userEvent.click(canvas.getByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(rowsOf(canvasElement).length).toBeGreaterThanOrEqual(20))
  },
})

export const Selected = meta.story({
  name: 'Selected, with actions on all of them',
  parameters: onPage(week),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await waitFor(() => expect(rowsOf(canvasElement).length).toBeGreaterThanOrEqual(20))
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select Media plan: Spring sale' }))
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select Content package: Sleep better' }))
    await expectVisible(await canvas.findByText('2 selected'))
    await userEvent.click(canvas.getByRole('button', { name: 'Delete 1' }))
    await expectVisible(await canvas.findByRole('group', { name: 'Delete 1 task for good?' }))
    await expect(canvas.getByRole('button', { name: 'Not now' })).toHaveFocus()
  },
})

export const AllThatMatch = meta.story({
  name: 'Everything that matches, counted before',
  args: { paging: 'button' },
  parameters: onPage(week),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await waitFor(() => expect(rowsOf(canvasElement)).toHaveLength(20))
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select all' }))
    await userEvent.click(await canvas.findByRole('button', { name: /also those not shown/ }))
    await userEvent.click(canvas.getByRole('button', { name: 'Delete' }))
    await expectVisible(await canvas.findByRole('group', { name: 'Delete 27 tasks for good?' }))
  },
})

export const Deleted = meta.story({
  name: 'Deleted, to be undone',
  parameters: onPage(taskScenarios.finished()),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete Media plan: Winter closing' }))
    const undo = await canvas.findByRole('button', { name: 'Undo' })
    await expect(undo).toHaveFocus()
    await expectVisible(canvas.getByText('Media plan: Winter closing was deleted'))
  },
})

export const Paging = meta.story({
  name: 'More by a button',
  args: { paging: 'button' },
  parameters: onPage(week),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await waitFor(() => expect(rowsOf(canvasElement)).toHaveLength(20))
    await userEvent.click(canvas.getByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(rowsOf(canvasElement)).toHaveLength(29))
    await expect(rowsOf(canvasElement)[20]).toHaveFocus()
  },
})

export const Empty = meta.story({
  name: '0 tasks',
  parameters: onPage(taskScenarios.none()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('No tasks yet'))
  },
})

export const NothingFound = meta.story({
  name: 'Nothing found',
  args: { defaultChoices: { search: 'nowhere' } },
  parameters: onPage(taskScenarios.finished()),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('Nothing matches'))
  },
})

export const Loading = meta.story({
  parameters: onPage(taskScenarios.none(), { faults: { list: 'hangs' } }),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText('Loading…')
    await expect(canvasElement.querySelectorAll('.brandkit-skeleton-block')).toHaveLength(6)
  },
})

export const Refused = meta.story({
  name: 'Could not be loaded',
  parameters: onPage(taskScenarios.one(), { faults: { list: 'refuses' } }),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('The tasks could not be loaded.'))
    await expectVisible(canvas.getByRole('button', { name: 'Try again' }))
  },
})

export const Offline = meta.story({
  parameters: onPage(week, { connection: { state: 'offline', lastUpdatedAt: SCENARIO_TIME - 3 * 60_000 } }),
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByText('You are offline'))
    await expectVisible(await canvas.findByText('20 tasks are shown. The others come when you are online.'))
  },
})

export const Narrow = meta.story({
  name: '320 px',
  globals: { viewport: { value: 'narrow', isRotated: false } },
  parameters: onPage(week),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Spring sale/ })
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth)
    const root = canvasElement.querySelector('[data-component="task-history"]')
    await expect(root?.scrollWidth).toBe(root?.clientWidth)
  },
})

export const LongNames = meta.story({
  name: 'Long names',
  parameters: onPage(taskScenarios.longNames()),
  play: async ({ canvas }) => {
    const list = await canvas.findByRole('list', { name: 'Tasks' })
    await expect(list.scrollWidth).toBe(list.clientWidth)
  },
})

export const LargeText = meta.story({
  name: '200 % text',
  parameters: { looks: { textSize: '200%' }, ...onPage(week) },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Spring sale/ })
    const root = canvasElement.querySelector('[data-component="task-history"]')
    await expect(root?.scrollWidth).toBe(root?.clientWidth)
  },
})

export const Dark = meta.story({
  parameters: { looks: { theme: 'dark' }, ...onPage(week) },
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('listitem', { name: /Spring sale/ }))
  },
})

export const RightToLeft = meta.story({
  name: 'RTL, in Arabic',
  parameters: { looks: { locale: 'ar' }, ...onPage(translatedScenarios.ar()) },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /خطة إعلامية/ })
    const icon = row.querySelector('.brandkit-icon')?.getBoundingClientRect().left ?? 0
    await expect(icon).toBeGreaterThan(row.querySelector('.brandkit-actions')?.getBoundingClientRect().left ?? Infinity)
  },
})

export const German = meta.story({
  parameters: { looks: { locale: 'de' }, ...onPage(translatedScenarios.de()) },
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('combobox', { name: 'Erstellt' }))
  },
})

export const ClassesAndSlots = meta.story({
  name: 'Classes and slots',
  args: {
    classNames: { row: 'my-row', toolbar: 'my-toolbar' },
    slots: {
      detail: ({ task, children }) => (
        <>
          {children} <span>{task.brandId}</span>
        </>
      ),
    },
  },
  parameters: onPage(taskScenarios.finished()),
  play: async ({ canvas, canvasElement }) => {
    const row = await canvas.findByRole('listitem', { name: /Winter/ })
    await expect(row).toHaveClass('brandkit-row', 'my-row')
    await expect(row).toHaveTextContent('aurora')
    await expect(canvasElement.querySelector('.brandkit-toolbar')).toHaveClass('my-toolbar')
    await expect(row).toHaveAttribute('data-phase', 'completed')
  },
})
