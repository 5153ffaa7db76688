export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { server } = await import('./server.js')
  await server.start()
}
