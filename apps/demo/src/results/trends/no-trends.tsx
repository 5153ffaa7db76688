/** Nothing found is a result too. */
export function NoTrends() {
  return (
    <section className="empty">
      <h2>Nothing stands out</h2>
      <p className="soft">
        No talk of this topic was found in the feeds. Try a wider topic, other keywords or a longer span.
      </p>
    </section>
  )
}
