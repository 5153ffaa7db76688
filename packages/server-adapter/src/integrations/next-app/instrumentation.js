export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  // In the process of a test this app only mounts what the test gives it.
  if (!process.env.DATA_FOLDER) return
  const { server } = await import('./server.js')
  await server.start()
}
