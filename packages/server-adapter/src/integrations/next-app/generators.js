export const greet = async () => ({ text: 'before the change' })
