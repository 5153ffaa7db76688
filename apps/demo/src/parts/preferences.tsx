import { useId, useState } from 'react'
import { chooseLanguage, STUDIO_LANGUAGES, type StudioLanguage, t, useLanguage } from '../language/language.ts'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const THEME_NAMES: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' }

const KEYS = { theme: 'studio-theme', language: 'studio-language' } as const

/** Shows the page in the theme and the language of the last visit; a new browser gets those that it asks for. */
export async function applyPreferences(): Promise<void> {
  showTheme(readTheme())
  await chooseLanguage(readLanguage())
}

/** The switches for theme and language. They work before sign-in, too. */
export function Preferences() {
  const [theme, setTheme] = useState(readTheme)
  const { language } = useLanguage()
  return (
    <div className="preferences">
      <PreferenceSelect
        label={t('Language')}
        value={language}
        options={Object.entries(STUDIO_LANGUAGES)}
        onChange={(value) => {
          keep(KEYS.language, value)
          void chooseLanguage(value as StudioLanguage)
        }}
      />
      <PreferenceSelect
        label={t('Theme')}
        value={theme}
        options={THEMES.map((value) => [value, t(THEME_NAMES[value])])}
        onChange={(value) => {
          keep(KEYS.theme, value)
          showTheme(value as Theme)
          setTheme(value as Theme)
        }}
      />
    </div>
  )
}

interface PreferenceSelectProps {
  label: string
  value: string
  options: readonly (readonly [value: string, name: string])[]
  onChange: (value: string) => void
}

function PreferenceSelect({ label, value, options, onChange }: PreferenceSelectProps) {
  const id = useId()
  return (
    <div className="filter-select">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** All colours are pairs for light and dark, so a theme is the root's color scheme. */
function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
}

function readTheme(): Theme {
  return THEMES.find((theme) => theme === read(KEYS.theme)) ?? 'system'
}

function readLanguage(): StudioLanguage {
  const wanted = [read(KEYS.language), ...navigator.languages].map((tag) => tag?.split('-')[0])
  return wanted.find((tag): tag is StudioLanguage => tag !== undefined && tag in STUDIO_LANGUAGES) ?? 'en'
}

/** Browsers may forbid storage; the page then works as on a first visit. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // The choice lasts as long as the page.
  }
}
