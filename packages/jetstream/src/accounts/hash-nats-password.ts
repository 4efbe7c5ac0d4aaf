import { hash } from 'bcryptjs'

/**
 * The server takes 1 ms for a bcrypt of this cost, and 200 ms for one of the usual: 30,000 tags that come back at once would wait
 * for an hour and a half. Passwords are 192 random bits, which nobody can try through at any cost.
 */
const COST = 4

export const hashNatsPassword = (password: string): Promise<string> => hash(password, COST)
