import { afterEach, describe, expect, it } from 'vitest'
import { emulate, systemColor } from '../../../test/emulate.js'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator } from './task-status-indicator.js'

async function renderUnmeasured() {
  const server = createFakeTaskServer()
  server.seed({ title: 'Unmeasured', status: 'processing', startedAt: new Date().toISOString() })
  server.seed({ title: 'Half', status: 'processing', progress: 50, startedAt: new Date().toISOString() })
  const { screen } = await renderTasks(<TaskStatusIndicator open />, { server })
  const bar = screen.getByRole('progressbar', { name: 'Unmeasured' })
  await expect.element(bar).toBeVisible()
  return { screen, styleOf: () => getComputedStyle(bar.element()) }
}

afterEach(async () => {
  await emulate({})
  localStorage.clear()
})

const styleAt = (selector: string) => getComputedStyle(document.querySelector(selector)!)

describe('what the user has set', () => {
  it('stops every motion where less is wanted, and a bar without a value is still none with one', async () => {
    await emulate({ 'prefers-reduced-motion': 'reduce' })
    const { styleOf } = await renderUnmeasured()
    expect(styleOf().animationName).toBe('none')
    expect(styleOf().backgroundImage).toContain('repeating-linear-gradient')
    expect(document.getAnimations()).toEqual([])
  })

  it('moves where nothing else is wanted', async () => {
    await emulate({ 'prefers-reduced-motion': 'no-preference' })
    const { styleOf } = await renderUnmeasured()
    expect(styleOf().animationName).toBe('brandkit-sweep')
  })

  it('draws bars, rings and pictures in the colours of the system where colours are forced', async () => {
    await emulate({ 'forced-colors': 'active' })
    const { styleOf } = await renderUnmeasured()
    expect(matchMedia('(forced-colors: active)').matches).toBe(true)
    expect(styleOf().borderTopWidth).toBe('1px')
    expect(styleAt('.brandkit-ring circle:last-child').stroke).toBe(systemColor('Highlight'))
    for (const picture of ['.brandkit-icon', '.brandkit-chevron']) {
      expect(styleAt(picture).color).toBe(systemColor('CanvasText'))
    }
  })

  it('is dark where the system is', async () => {
    await emulate({ 'prefers-color-scheme': 'dark' })
    await renderUnmeasured()
    const panel = document.querySelector('.brandkit-panel')!
    expect(getComputedStyle(panel).backgroundColor).toBe('rgb(28, 28, 33)')
  })
})
