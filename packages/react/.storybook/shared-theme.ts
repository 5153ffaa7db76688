import { createContext } from 'react'

/** Changed tokens by their CSS name. */
export type Theme = Readonly<Record<string, string>>

/**
 * Writes a theme as one word, because Storybook takes only letters, digits, `-` and `_` from an address. The word is the
 * JSON of the changed tokens in base64url.
 */
export function toWord(theme: Theme): string {
  if (Object.keys(theme).length === 0) return ''
  const bytes = new TextEncoder().encode(JSON.stringify(theme))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Reads such a word. What is no theme, changes nothing. */
export function toTheme(word: unknown): Theme {
  if (typeof word !== 'string' || word === '') return {}
  try {
    const bytes = Uint8Array.from(atob(word.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
    const theme: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Object.fromEntries(
      Object.entries(theme as object).filter(
        ([name, value]) => name.startsWith('--brandkit-') && typeof value === 'string',
      ),
    )
  } catch {
    return {}
  }
}

/** The theme that the address holds. */
export const SharedTheme = createContext<Theme>({})
