import { type ReactNode, useState } from 'react'
import { splitColours, THEME_TOKENS, type ThemeToken, toCss } from './theme-tokens.js'
import './theme-editor.css'

/** Edits the tokens for its children, and shows the changed tokens as CSS. */
export function ThemeEditor({ children }: { children: ReactNode }): ReactNode {
  const [changes, setChanges] = useState<Readonly<Record<string, string>>>({})
  const [copied, setCopied] = useState(false)
  const css = toCss(changes)

  const change = ({ name, value: standard }: ThemeToken, value: string) => {
    setCopied(false)
    setChanges(({ [name]: _before, ...others }) => (value === standard ? others : { ...others, [name]: value }))
  }
  const copy = () => {
    // If the browser forbids the clipboard, users can select the text beside the button.
    navigator.clipboard?.writeText(css).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div style={changes}>
      <form className="theme-editor" aria-label="Tokens" onSubmit={(event) => event.preventDefault()}>
        <header className="theme-editor-head">
          <h1>Theme</h1>
          <button type="button" disabled={css === ''} onClick={() => setChanges({})}>
            Reset
          </button>
          <button type="button" className="theme-editor-copy" disabled={css === ''} onClick={copy}>
            {copied ? 'Copied' : 'Copy CSS'}
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

function TokenField({ token: { name, kind }, value, onChange }: TokenFieldProps) {
  const short = name.replace('--brandkit-', '')
  if (kind !== 'color') {
    return (
      <label className="theme-editor-token" data-kind={kind}>
        <span>{short}</span>
        <input type="text" value={value} onChange={(event) => onChange(event.target.value)} />
      </label>
    )
  }
  const [light, dark] = splitColours(value)
  return (
    <fieldset className="theme-editor-token" data-kind={kind}>
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
