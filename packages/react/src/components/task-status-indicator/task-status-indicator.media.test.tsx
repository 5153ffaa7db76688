import { afterEach, describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { createFakeTaskServer } from '../../../test/fake-task-server.js'
import { renderTasks } from '../../../test/render-tasks.js'
import '../../styles.css'
import { TaskStatusIndicator } from './task-status-indicator.js'

type Emulation = { send: (method: 'Emulation.setEmulatedMedia', features: object) => Promise<void> }

/** Emulates these media features for the page. */
async function emulate(features: Record<string, string>): Promise<void> {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }))
  await (cdp() as unknown as Emulation).send('Emulation.setEmulatedMedia', { features: list })
}

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
    const probe = document.body.appendChild(document.createElement('i'))
    const systemColor = (name: string) => {
      probe.style.cssText = `forced-color-adjust: none; color: ${name}`
      return getComputedStyle(probe).color
    }
    expect(styleAt('.brandkit-ring circle:last-child').stroke).toBe(systemColor('Highlight'))
    for (const picture of ['.brandkit-icon', '.brandkit-chevron']) {
      expect(styleAt(picture).color).toBe(systemColor('CanvasText'))
    }
    probe.remove()
  })

  it('is dark where the system is', async () => {
    await emulate({ 'prefers-color-scheme': 'dark' })
    await renderUnmeasured()
    const panel = document.querySelector('.brandkit-panel')!
    expect(getComputedStyle(panel).backgroundColor).toBe('rgb(28, 28, 33)')
  })
})
