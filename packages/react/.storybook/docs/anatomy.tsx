import { type ReactNode, useEffect, useRef, useState } from 'react'
import { toFrameAddress } from './story-address.js'

/** A part by its name, as `classNames` and `slots` know it, and what it is. */
export type PartGuide = readonly [part: string, what: string]

interface FoundPart {
  /** Its place in the frame, in pixels. */
  place: { x: number; y: number; width: number; height: number }
  /** `data-phase="running"`, … as the element has them. */
  attributes: string[]
}

/** A picture of a component with its parts numbered, and a table of them. Both read the story that they show. */
export function Anatomy({ storyId, parts }: { storyId: string; parts: readonly PartGuide[] }): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null)
  const [found, setFound] = useState<Readonly<Record<string, FoundPart>>>({})

  useEffect(() => {
    const timer = setInterval(() => {
      const story = frame.current?.contentDocument
      if (!story) return
      const now = Object.fromEntries(parts.flatMap(([part]) => findPart(story, part)))
      setFound((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
    }, 500)
    return () => clearInterval(timer)
  }, [parts])

  return (
    <>
      <h2>Anatomy</h2>
      <p>
        Each part has the class <code>brandkit-…</code>, takes another class by <code>classNames</code>, and its content
        can be replaced by <code>slots</code>. The attributes are those of the picture.
      </p>
      <div className="docs-anatomy">
        <div className="docs-anatomy-picture">
          {/* oxlint-disable-next-line react/iframe-missing-sandbox -- a story of our own, whose parts are measured */}
          <iframe ref={frame} className="docs-frame" src={toFrameAddress(storyId)} title="The parts of the component" />
          {parts.map(([part], index) => (
            <Marker key={part} label={String(index + 1)} found={found[part]} />
          ))}
        </div>
        <table>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">What it is</th>
              <th scope="col">Attributes</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(([part, what], index) => (
              <tr key={part} data-part={part} data-found={part in found}>
                <th scope="row">
                  <span className="docs-number">{index + 1}</span> {part}
                </th>
                <td>{what}</td>
                <td>
                  {(found[part]?.attributes ?? []).map((attribute) => (
                    <code key={attribute}>{attribute}</code>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Marker({ label, found }: { label: string; found: FoundPart | undefined }): ReactNode {
  if (!found) return null
  const { x, y, width, height } = found.place
  return (
    <>
      <span className="docs-outline" style={{ left: x, top: y, width, height }} />
      <span className="docs-number docs-marker" style={{ left: x, top: y }}>
        {label}
      </span>
    </>
  )
}

function findPart(story: Document, part: string): [string, FoundPart][] {
  const element = story.querySelector<HTMLElement>(`.brandkit-${part}`)
  if (!element) return []
  const { x, y, width, height } = element.getBoundingClientRect()
  const attributes = [...element.attributes]
    .filter(({ name }) => name.startsWith('data-'))
    .map(({ name, value }) => `${name}="${value}"`)
  return [[part, { place: { x, y, width, height }, attributes }]]
}
