import type { ReactNode } from 'react'
import { CHANGES } from './changes.js'
import { Status } from './component-page.js'
import { GUIDES } from './guides.js'
import { toPageAddress } from './story-address.js'
import './docs.css'

/** The components with their status. */
export function StatusTable(): ReactNode {
  return (
    <div className="docs-page sb-unstyled">
      <table>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Use it for</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(GUIDES).map(([name, { status, fits }]) => (
            <tr key={name}>
              <th scope="row">
                <a href={toPageAddress('docs', `${name.toLowerCase()}--docs`)} target="_top">
                  {name}
                </a>
              </th>
              <td>{fits[0]}</td>
              <td>
                <Status status={status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What changed in this package, from the changesets and the changelog. */
export function ChangeList(): ReactNode {
  return (
    <div className="docs-page sb-unstyled">
      <ul className="docs-changes">
        {CHANGES.map(({ version, text }) => (
          <li key={text}>
            <b>{version}</b> {text}
          </li>
        ))}
      </ul>
    </div>
  )
}
