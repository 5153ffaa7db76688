import { afterEach, describe, expect, it } from 'vitest'
import { emulate } from '../test/emulate.js'
import { ends } from '../test/ends.js'
import { createFakeTaskServer } from '../test/fake-task-server.js'
import { renderTasks } from '../test/render-tasks.js'
import { TaskStatusIndicator } from './components/task-status-indicator/task-status-indicator.js'
import './styles.css'

/** The relative luminance of a colour (WCAG 2.2), as the browser paints it. */
function luminanceOf(color: string): number {
  const canvas = document.createElement('canvas').getContext('2d')
  if (!canvas) throw new Error('There is no canvas.')
  canvas.fillStyle = color
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(a: string, b: string): number {
  const [low = 0, high = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((one, other) => one - other)
  return (high + 0.05) / (low + 0.05)
}

const styleOf = (selector: string) => {
  const element = document.querySelector(`.brandkit-panel ${selector}`)
  if (!element) throw new Error(`There is no ${selector}.`)
  return getComputedStyle(element)
}

async function renderPanel() {
  const server = createFakeTaskServer()
  server.seed({ title: 'Running', status: 'processing', progress: 40, startedAt: new Date().toISOString() })
  server.seed({ title: 'Broken', ...ends.failed() })
  server.seed({ title: 'Done', ...ends.completed() })
  const { screen } = await renderTasks(<TaskStatusIndicator open />, { server })
  await expect.element(screen.getByRole('listitem', { name: 'Done' })).toBeVisible()
  await expect.element(screen.getByRole('listitem', { name: 'Broken' })).toBeVisible()
  return getComputedStyle(document.querySelector('.brandkit-panel') ?? document.body).backgroundColor
}

afterEach(async () => {
  await emulate({})
  localStorage.clear()
})

describe('a person who has asked for more contrast', () => {
  it.each(['light', 'dark'])('reads every text at 7 : 1, and sees every edge at 3 : 1, in %s', async (scheme) => {
    await emulate({ 'prefers-contrast': 'more', 'prefers-color-scheme': scheme })
    const surface = await renderPanel()
    const texts = ['.brandkit-title', '.brandkit-detail', '.brandkit-group-title', '.brandkit-failure']
    const icons = ['running', 'failed', 'completed'].map((phase) => `.brandkit-icon[data-phase="${phase}"]`)
    const edges = ['.brandkit-button', '.brandkit-icon-button', '.brandkit-bar', '.brandkit-panel-header']
    const pale = [...texts, ...icons].filter((selector) => contrastOf(styleOf(selector).color, surface) < 7)
    const faint = edges.filter((selector) => contrastOf(styleOf(selector).borderBottomColor, surface) < 3)
    expect({ pale, faint }).toEqual({ pale: [], faint: [] })
  })

  it('keeps that in the colours of an app', async () => {
    await emulate({ 'prefers-contrast': 'more', 'prefers-color-scheme': 'light' })
    document.documentElement.style.cssText = '--brandkit-accent: #ff9f1c; --brandkit-border: #f4f4f4'
    const surface = await renderPanel()
    expect(contrastOf(styleOf('.brandkit-icon[data-phase="running"]').color, surface)).toBeGreaterThan(4.5)
    expect(contrastOf(styleOf('.brandkit-button').borderBottomColor, surface)).toBeGreaterThan(3)
    document.documentElement.style.cssText = ''
  })

  it('sees the quiet edges of the design without that wish', async () => {
    await emulate({ 'prefers-contrast': 'no-preference', 'prefers-color-scheme': 'light' })
    const surface = await renderPanel()
    expect(contrastOf(styleOf('.brandkit-panel-header').borderBottomColor, surface)).toBeLessThan(3)
  })
})
