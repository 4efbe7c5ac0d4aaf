export { freePort } from '@cordon/testkit'
