export { decodeMessage } from './decode-message.ts'
export { LATEST_INSTANT, parseInstant } from './instant.ts'
export { REJECTION_CODES, type RejectionCode } from './rejections.ts'
