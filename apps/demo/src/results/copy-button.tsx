import { useState } from 'react'

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
