import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from './repository.ts'

const SHEET = join(root, 'packages/react/test/storybook/pictures/taskstatusindicator')

/**
 * Cuts the panel for the first page out of the pictures that the stories are compared with, so that it shows what the
 * components look like today.
 *
 * @param folder gets `panel-light.webp` and `panel-dark.webp`
 */
export async function cropPanel(folder: string): Promise<void> {
  const places = JSON.parse(await readFile(`${SHEET}.json`, 'utf8')) as Record<string, Place | undefined>
  await mkdir(folder, { recursive: true })
  for (const theme of ['light', 'dark']) {
    const place = places[`Every group, ${theme}`]
    if (!place) throw new Error(`The pictures of TaskStatusIndicator have no story "Every group, ${theme}" any more.`)
    const { x: left, y: top, width, height } = place
    const cut = sharp(`${SHEET}.webp`).extract({ left, top, width, height })
    await cut.webp({ quality: 92 }).toFile(join(folder, `panel-${theme}.webp`))
  }
}

interface Place {
  x: number
  y: number
  width: number
  height: number
}
