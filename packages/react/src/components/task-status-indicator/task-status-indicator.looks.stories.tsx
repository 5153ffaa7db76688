import { expect, waitFor } from 'storybook/test'
import { expectVisible } from '../../../.storybook/expect-visible.js'
import preview from '../../../.storybook/preview.js'
import { taskScenarios } from '../../testing/task-scenarios.js'
import { translatedScenarios } from '../../testing/translated-scenarios.js'
import { TaskStatusIndicator } from './task-status-indicator.js'

const meta = preview.meta({
  title: 'TaskStatusIndicator/Looks',
  component: TaskStatusIndicator,
  args: { open: true, onOpenResult: () => {} },
  parameters: { frame: { scenario: taskScenarios.everything() } },
})

const panelOf = (canvasElement: HTMLElement) => canvasElement.querySelector('.brandkit-panel') as HTMLElement
const dockOf = (canvasElement: HTMLElement) => canvasElement.querySelector('.brandkit-dock') as HTMLElement

export const Light = meta.story({
  parameters: { looks: { theme: 'light' } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Spring sale/ })
    await expect(getComputedStyle(dockOf(canvasElement)).colorScheme).toBe('light')
  },
})

export const Dark = meta.story({
  parameters: { looks: { theme: 'dark' } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Spring sale/ })
    await expect(getComputedStyle(panelOf(canvasElement)).backgroundColor).toBe('rgb(28, 28, 33)')
  },
})

export const RightToLeft = meta.story({
  name: 'RTL, in Arabic',
  parameters: { looks: { locale: 'ar' }, frame: { scenario: translatedScenarios.ar() } },
  play: async ({ canvas, canvasElement }) => {
    const row = await canvas.findByRole('listitem', { name: /خطة إعلامية/ })
    await expect(row).toHaveTextContent('تقدير الوصول')
    const { left } = panelOf(canvasElement).getBoundingClientRect()
    await expect(left).toBeLessThan(100)
    const icon = row.querySelector('.brandkit-icon')?.getBoundingClientRect().left ?? 0
    await expect(icon).toBeGreaterThan(row.querySelector('.brandkit-actions')?.getBoundingClientRect().left ?? Infinity)
  },
})

export const German = meta.story({
  name: 'German',
  parameters: { looks: { locale: 'de' }, frame: { scenario: translatedScenarios.de() } },
  play: async ({ canvas }) => {
    const row = await canvas.findByRole('listitem', { name: /Mediaplan/ })
    await expect(row).toHaveTextContent('Reichweite wird geschätzt')
    await waitFor(() => expect(row).toHaveTextContent('noch etwa 20'))
    await expectVisible(canvas.getByRole('button', { name: /2 laufen, 2 warten/ }))
  },
})

export const ReducedMotion = meta.story({
  name: 'Reduced motion',
  parameters: { looks: { motion: 'reduce' } },
  play: async ({ canvas }) => {
    const bar = await canvas.findByRole('progressbar', { name: /Brand kit/ })
    await expect(getComputedStyle(bar).animationName).toBe('none')
    await expect(getComputedStyle(bar).backgroundImage).toContain('repeating-linear-gradient')
  },
})

/** The system chooses the forced colours; the tests and the contact sheet switch them on. */
export const ForcedColours = meta.story({
  name: 'Forced colours',
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('listitem', { name: /Spring sale/ }))
  },
})

/** The system asks for more contrast (`prefers-contrast: more`); the tests switch it on. */
export const MoreContrast = meta.story({
  name: 'More contrast',
  play: async ({ canvas }) => {
    await expectVisible(await canvas.findByRole('listitem', { name: /Spring sale/ }))
  },
})

export const LargeText = meta.story({
  name: '200 % text',
  parameters: { looks: { textSize: '200%' } },
  play: async ({ canvas, canvasElement }) => {
    const title = (await canvas.findByRole('listitem', { name: /Spring sale/ })).querySelector('.brandkit-title')
    await expect(Number.parseFloat(getComputedStyle(title as Element).fontSize)).toBe(28)
    await expectNothingCutOff(canvasElement)
  },
})

export const Narrow = meta.story({
  name: '320 px',
  globals: { viewport: { value: 'narrow', isRotated: false } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Spring sale/ })
    await expectNothingCutOff(canvasElement)
    await expect(panelOf(canvasElement).getBoundingClientRect().right).toBeLessThanOrEqual(innerWidth)
  },
})

export const NarrowFailure = meta.story({
  name: '320 px, a failure in Arabic',
  globals: { viewport: { value: 'narrow', isRotated: false } },
  parameters: { looks: { locale: 'ar' }, frame: { scenario: taskScenarios.failed() } },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Sleep better/ })
    await expectNothingCutOff(canvasElement)
    const box = canvasElement.querySelector('.brandkit-failure') as HTMLElement
    await expect(box.scrollWidth).toBe(box.clientWidth)
  },
})

export const BottomStart = meta.story({
  name: 'Position bottom-start',
  args: { position: 'bottom-start' },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('listitem', { name: /Spring sale/ })
    await waitFor(() => expect(panelOf(canvasElement).getBoundingClientRect().left).toBeLessThan(100))
  },
})

export const ClassesAndSlots = meta.story({
  name: 'Classes and slots',
  args: {
    classNames: { row: 'my-row', pill: 'my-pill' },
    slots: {
      title: ({ task, children }) => (
        <>
          <strong>{task.brandId}</strong> · {children}
        </>
      ),
      pill: ({ phase, children }) => (
        <span data-testid={`pill-${phase}`} style={{ display: 'contents' }}>
          {children}
        </span>
      ),
    },
  },
  parameters: { frame: { scenario: taskScenarios.three() } },
  play: async ({ canvas, canvasElement }) => {
    const row = await canvas.findByRole('listitem', { name: /Spring sale/ })
    await expect(row).toHaveClass('brandkit-row', 'my-row')
    await expect(row).toHaveTextContent('aurora · Media plan: Spring sale')
    await expect(canvas.getByTestId('pill-running')).toHaveTextContent('2 running, 1 waiting')
    for (const part of ['root', 'pill', 'panel', 'group', 'row', 'title', 'detail', 'progress', 'actions']) {
      const element = canvasElement.querySelector(`.brandkit-${part}`)
      await expect(element).toHaveAttribute('data-phase', 'running')
      await expect(element).toHaveAttribute('data-type')
    }
  },
})

/** Users can read everything by vertical scrolling alone (WCAG 1.4.10), and every control is inside the edges. */
async function expectNothingCutOff(canvasElement: HTMLElement): Promise<void> {
  const list = panelOf(canvasElement).querySelector('.brandkit-panel-list') as HTMLElement
  await expect(list.scrollWidth).toBe(list.clientWidth)
  const { left, right } = panelOf(canvasElement).getBoundingClientRect()
  for (const control of canvasElement.querySelectorAll('.brandkit-panel :is(button, summary)')) {
    await expect(control.getBoundingClientRect().left).toBeGreaterThanOrEqual(left)
    await expect(control.getBoundingClientRect().right).toBeLessThanOrEqual(right)
  }
}
