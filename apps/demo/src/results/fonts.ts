import { useEffect, useState } from 'react'

/** The fonts that a brand kit may name, one variable file each. A file is loaded when something is set in it. */
const FILES: Readonly<Record<string, () => Promise<{ default: string }>>> = {
  Archivo: () => import('@fontsource-variable/archivo/files/archivo-latin-wght-normal.woff2?url'),
  'Baloo 2': () => import('@fontsource-variable/baloo-2/files/baloo-2-latin-wght-normal.woff2?url'),
  Bitter: () => import('@fontsource-variable/bitter/files/bitter-latin-wght-normal.woff2?url'),
  Figtree: () => import('@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url'),
  Fraunces: () => import('@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2?url'),
  'IBM Plex Sans': () => import('@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2?url'),
  Inter: () => import('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'),
  Nunito: () => import('@fontsource-variable/nunito/files/nunito-latin-wght-normal.woff2?url'),
  'Nunito Sans': () => import('@fontsource-variable/nunito-sans/files/nunito-sans-latin-wght-normal.woff2?url'),
  'Playfair Display': () =>
    import('@fontsource-variable/playfair-display/files/playfair-display-latin-wght-normal.woff2?url'),
  'Source Sans 3': () => import('@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'),
  'Work Sans': () => import('@fontsource-variable/work-sans/files/work-sans-latin-wght-normal.woff2?url'),
}

/** Makes these families available to the page. Until a file has come, and for families without one, text has a similar face. */
export function useFonts(families: readonly (string | undefined)[]): void {
  const wanted = families.join('\n')
  useEffect(() => {
    for (const family of wanted.split('\n')) void addFont(family).catch(() => {})
  }, [wanted])
}

const added = new Set<string>()

async function addFont(family: string): Promise<void> {
  const load = FILES[family]
  if (!load || added.has(family)) return
  added.add(family)
  const { default: url } = await load()
  const face = await new FontFace(family, `url(${url})`, { weight: '100 900' }).load()
  document.fonts.add(face)
}

/** An SVG that also shows its letters alone: an image sees no font of the page, so the file stands inside it. */
export async function embedFont(svg: string, family: string): Promise<string> {
  const load = FILES[family]
  if (!load || !svg.includes('<text')) return svg
  const response = await fetch((await load()).default)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const face = `@font-face{font-family:"${family}";font-weight:100 900;src:url(data:font/woff2;base64,${toBase64(bytes)})}`
  return svg.replace(/^(<svg[^>]*>)/, `$1<style>${face}</style>`)
}

/** The SVG at once, and with its font as soon as that is loaded. */
export function useEmbeddedFont(svg: string | undefined, family: string | undefined): string | undefined {
  const [embedded, setEmbedded] = useState<{ of: string; svg: string } | null>(null)
  useEffect(() => {
    if (svg === undefined || family === undefined) return undefined
    let isCurrent = true
    embedFont(svg, family).then(
      (full) => isCurrent && setEmbedded({ of: svg, svg: full }),
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [svg, family])
  return embedded?.of === svg ? embedded?.svg : svg
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCodePoint(byte)
  return btoa(text)
}
