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
