export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { taskServer } = await import('./task-server.ts')
  await taskServer.start()
}
