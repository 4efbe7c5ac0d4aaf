import { connect } from 'node:net'

/** Whether somebody listens there. Rejects otherwise. */
export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', reject)
  })
