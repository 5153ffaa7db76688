import type { TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { type ReactNode, useId, useState } from 'react'

/** What a generator shows of a result: any part of it, lists among them as far as they have come. */
export type PartialResult<T extends BrandTaskType = BrandTaskType> = T extends BrandTaskType
  ? Partial<TaskResult<T>>
  : never

interface ResultCardProps {
  title: string
  hint?: string
  className?: string
  children: ReactNode
}

/** A part of a result under a heading of its own. */
export function ResultCard({ title, hint, className = '', children }: ResultCardProps) {
  const id = useId()
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {hint && <p className="soft">{hint}</p>}
      </div>
      {children}
    </section>
  )
}

/** A few figures that say the most, in large type. */
export function Facts({ facts }: { facts: readonly { name: string; value: string }[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Short words side by side. */
export function Chips({ words, label }: { words: readonly string[]; label?: string }) {
  return (
    <ul className="chips" aria-label={label}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  )
}

interface MeterProps {
  name: string
  /** In [0, 1]. */
  share: number
  /** What is said of it. Default: whole percent. */
  text?: string
}

/** A named bar, with its value in words beside it. */
export function Meter({ name, share, text = `${Math.round(share * 100)} %` }: MeterProps) {
  return (
    <div className="meter">
      <span>{name}</span>
      <span className="meter-track" aria-hidden="true">
        <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </span>
      <span className="meter-value">{text}</span>
    </div>
  )
}

/** What is wider than a phone scrolls by itself, and not the page. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}

interface CopyButtonProps {
  text: string
  /** What it is, for those who hear it: "the trace id". */
  what: string
}

/** Copies a short text that it shows, and says so. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    )
  return (
    <button type="button" className="copy" onClick={() => void copy()} onBlur={() => setIsCopied(false)}>
      <code>{text}</code>
      <span className="visually-hidden">, copy {what}</span>
      <span role="status">{isCopied ? ' copied' : ''}</span>
    </button>
  )
}
