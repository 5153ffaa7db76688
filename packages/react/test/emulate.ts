import { cdp } from 'vitest/browser'

interface Emulation {
  send: (method: 'Emulation.setEmulatedMedia', features: object) => Promise<void>
}

/** Makes the browser report these media features, such as `{ 'forced-colors': 'active' }`. None: the browser's own. */
export async function emulate(features: Readonly<Record<string, string>>): Promise<void> {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }))
  await (cdp() as unknown as Emulation).send('Emulation.setEmulatedMedia', { features: list })
}

/** The computed value of a system colour, such as `CanvasText`. */
export function systemColor(name: string): string {
  const probe = document.body.appendChild(document.createElement('i'))
  probe.style.cssText = `forced-color-adjust: none; color: ${name}`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
