import type { TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { type ReactNode, useId, useState } from 'react'
import { t } from '../language/language.ts'
import { Icon } from './page-parts.tsx'

/** Props of a result's view. While a task runs, parts may be missing and lists incomplete. */
export type PartialResult<T extends BrandTaskType = BrandTaskType> = T extends BrandTaskType
  ? Partial<TaskResult<T>>
  : never

interface ResultCardProps {
  title: string
  hint?: string
  className?: string
  children: ReactNode
}

/** A part of a result under its own heading. */
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

interface DefinitionsProps {
  /** `facts` are a few figures in large type, `angles` short texts side by side, `answers` and `bubbles` texts below each other. */
  look: 'facts' | 'angles' | 'answers' | 'bubbles'
  entries: readonly { name: string; text: string }[]
}

/** Names with a text for each. */
export function Definitions({ look, entries }: DefinitionsProps) {
  return (
    <dl className={look}>
      {entries.map(({ name, text }) => (
        <div key={name}>
          <dt className={look === 'bubbles' ? 'soft' : undefined}>{name}</dt>
          <dd className={look === 'angles' ? 'soft' : undefined}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Lines with a good or a bad mark. */
export function Ticks({ sign, lines }: { sign: 'yes' | 'no'; lines: readonly string[] }) {
  return (
    <ul className="ticks" data-sign={sign}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

interface FilterButtonsProps<Value> {
  label: string
  options: readonly { value: Value; name: ReactNode }[]
  chosen: Value
  onChoose: (value: Value) => void
}

/** A choice among a few buttons; the chosen one is pressed. */
export function FilterButtons<Value extends string | null>(props: FilterButtonsProps<Value>) {
  const { label, options, chosen, onChoose } = props
  return (
    <div className="filter" role="group" aria-label={label}>
      {options.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          className="secondary"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {name}
        </button>
      ))}
    </div>
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
  /** The value in words. Default: whole percent. */
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

/** A region that scrolls by itself, so that wide content does not widen the page on a phone. */
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
  /** The name of the text for screen readers: "the trace id". */
  what: string
}

/** Shows a short text with a button that copies it. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const { isCopied, copy, forget } = useCopy(text)
  return (
    <button type="button" className="copy" onClick={copy} onBlur={forget}>
      <code>{text}</code>
      <span className="visually-hidden">, {t('copy {what}', { what })}</span>
      <span role="status">{isCopied && ` ${t('Copied')}`}</span>
    </button>
  )
}

/** Copies a text that stands beside the button. */
export function CopyText({ text, what }: CopyButtonProps) {
  const { isCopied, copy, forget } = useCopy(text)
  return (
    <button type="button" className="quiet copy-text" onClick={copy} onBlur={forget}>
      <Icon name="copy" />
      <span role="status">{t(isCopied ? 'Copied' : 'Copy')}</span>
      <span className="visually-hidden"> {what}</span>
    </button>
  )
}

function useCopy(text: string) {
  const [isCopied, setIsCopied] = useState(false)
  return {
    isCopied,
    copy: () =>
      void navigator.clipboard.writeText(text).then(
        () => setIsCopied(true),
        () => setIsCopied(false),
      ),
    forget: () => setIsCopied(false),
  }
}
