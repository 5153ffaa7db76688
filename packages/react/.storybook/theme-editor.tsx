import { type ReactNode, useContext, useState } from 'react'
import { UPDATE_GLOBALS } from 'storybook/internal/core-events'
import { addons } from 'storybook/preview-api'
import { SharedTheme, type Theme, toWord } from './shared-theme.js'
import { splitColours, THEME_TOKENS, type ThemeToken, toCss } from './theme-tokens.js'
import './theme-editor.css'

/**
 * Edits the tokens for its children, and shows the changed tokens as CSS. Storybook's address holds them, so every story has
 * the theme, and a link shares it.
 */
export function ThemeEditor({ children }: { children: ReactNode }): ReactNode {
  const [changes, setChanges] = useState<Theme>(useContext(SharedTheme))
  const [copied, setCopied] = useState<string | null>(null)
  const css = toCss(changes)

  const change = ({ name, value: standard }: ThemeToken, value: string) => {
    const { [name]: _before, ...others } = changes
    show(value === standard ? others : { ...others, [name]: value })
  }
  const show = (theme: Theme) => {
    setCopied(null)
    setChanges(theme)
    addons.getChannel().emit(UPDATE_GLOBALS, { globals: { brand: toWord(theme) } })
  }
  const copy = (text: string) => {
    // If the browser forbids the clipboard, users can select the text beside the button, or copy the address.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(text),
      () => setCopied(null),
    )
  }
  const link = toLink(changes)
  return (
    <div style={changes}>
      <form className="theme-editor" aria-label="Tokens" onSubmit={(event) => event.preventDefault()}>
        <header className="theme-editor-head">
          <h1>Theme</h1>
          <button type="button" disabled={css === ''} onClick={() => show({})}>
            Reset
          </button>
          <button type="button" disabled={css === ''} onClick={() => copy(link)}>
            {copied === link ? 'Copied' : 'Copy link'}
          </button>
          <button type="button" className="theme-editor-copy" disabled={css === ''} onClick={() => copy(css)}>
            {copied === css ? 'Copied' : 'Copy CSS'}
          </button>
        </header>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
        <pre className="theme-editor-css" aria-label="CSS of the changes" tabIndex={0} role="region">
          {css || 'Change a token. What you changed appears here, to be pasted after styles.css.'}
        </pre>
        <div className="theme-editor-tokens">
          {THEME_TOKENS.map((token) => (
            <TokenField
              key={token.name}
              token={token}
              value={changes[token.name] ?? token.value}
              onChange={(value) => change(token, value)}
            />
          ))}
        </div>
      </form>
      {children}
    </div>
  )
}

interface TokenFieldProps {
  token: ThemeToken
  value: string
  onChange: (value: string) => void
}

function TokenField({ token: { name, kind, purpose }, value, onChange }: TokenFieldProps) {
  const short = name.replace('--brandkit-', '')
  if (kind !== 'color') {
    return (
      <label className="theme-editor-token" data-kind={kind} title={purpose}>
        <span>{short}</span>
        <input type="text" value={value} onChange={(event) => onChange(event.target.value)} />
      </label>
    )
  }
  const [light, dark] = splitColours(value)
  return (
    <fieldset className="theme-editor-token" data-kind={kind} title={purpose}>
      <legend>{short}</legend>
      <input
        type="color"
        aria-label={`${short}, light`}
        value={light}
        onChange={(event) => onChange(`light-dark(${event.target.value}, ${dark})`)}
      />
      <input
        type="color"
        aria-label={`${short}, dark`}
        value={dark}
        onChange={(event) => onChange(`light-dark(${light}, ${event.target.value})`)}
      />
    </fieldset>
  )
}

/** The address of this page with the theme. */
function toLink(theme: Theme): string {
  const id = new URLSearchParams(location.search).get('id') ?? ''
  return String(new URL(`./?path=/story/${id}&globals=brand:${toWord(theme)}`, location.href))
}
