import type { ReactNode } from 'react'
import { type Contrast, contrastsOf } from '../../tokens/contrast.js'
import { TOKENS, type Token, type TokenKind } from '../../tokens/read-tokens.js'
import { toColour, toCssValue, toNarrowCssValue } from '../../tokens/to-css.js'
import './docs.css'

const TITLES: Readonly<Record<TokenKind, string>> = {
  color: 'Colours',
  shadow: 'Elevation',
  fontFamily: 'Fonts',
  dimension: 'Sizes and places',
  number: 'Layer',
  duration: 'Motion',
}

/** Every token with its purpose and its defaults, from tokens.json. */
export function TokenTables(): ReactNode {
  const kinds = Object.keys(TITLES) as TokenKind[]
  return (
    <div className="docs-page sb-unstyled">
      {kinds.map((kind) => (
        <section key={kind}>
          <h2>{TITLES[kind]}</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">Token</th>
                <th scope="col">Purpose</th>
                <th scope="col">Default</th>
                {kind === 'color' && <th scope="col">Contrast</th>}
              </tr>
            </thead>
            <tbody>
              {TOKENS.filter((token) => token.kind === kind).map((token) => (
                <TokenRow key={token.name} token={token} />
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  )
}

function TokenRow({ token }: { token: Token }): ReactNode {
  const narrow = toNarrowCssValue(token)
  return (
    <tr>
      <th scope="row">
        <code>--brandkit-{token.name}</code>
      </th>
      <td>{token.purpose}</td>
      <td>
        {token.kind === 'color' ? (
          <>
            <Swatch colour={toColour(token.value)} theme="light" />
            <Swatch colour={toColour(token.dark ?? token.value)} theme="dark" />
          </>
        ) : (
          <code>{toCssValue(token)}</code>
        )}
        {narrow !== undefined && (
          <>
            {' '}
            <code>{narrow}</code> up to 480 px
          </>
        )}
      </td>
      {token.kind === 'color' && (
        <td>
          {contrastsOf(token).map((contrast) => (
            <ContrastLine key={`${contrast.theme} ${contrast.against}`} contrast={contrast} />
          ))}
        </td>
      )}
    </tr>
  )
}

function Swatch({ colour, theme }: { colour: string; theme: 'light' | 'dark' }): ReactNode {
  return (
    <span className="docs-swatch" data-theme={theme}>
      <span style={{ background: colour }} />
      {colour}
    </span>
  )
}

function ContrastLine({ contrast: { theme, against, ratio, least } }: { contrast: Contrast }): ReactNode {
  return (
    <span className="docs-contrast" data-enough={ratio >= least}>
      <b>{ratio.toFixed(2)}</b> on {against}, {theme} (≥ {least})
    </span>
  )
}
