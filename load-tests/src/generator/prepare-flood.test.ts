import { parser } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { prepareFlood } from './prepare-flood.ts'

const END = Date.UTC(2026, 10, 22, 6)
const tag = { id: 'L000001', password: '', home: { lon: -0.9, lat: 52.24 } }

interface Fix {
  readonly time: string
  readonly lat: number
  readonly lon: number
  readonly seq: number
}

it('is one fix a message, each of another time and number, hardly two of one place, and a packet id never twice in 65,535', () => {
  const { bytes, ends } = prepareFlood(tag, 70_000, END)
  const ids: number[] = []
  const fixes: Fix[] = []
  const reader = parser({ protocolVersion: 4 })
  reader.on('packet', packet => {
    if (packet.cmd !== 'publish') return
    ids.push(packet.messageId ?? 0)
    fixes.push(JSON.parse(String(packet.payload)) as Fix)
  })
  reader.parse(bytes)
  expect(ends.at(-1)).toBe(bytes.length)
  expect(fixes).toHaveLength(70_000)
  expect(fixes.map(({ seq }) => seq)).toEqual(Array.from({ length: 70_000 }, (_, index) => index + 1))
  expect(fixes.map(({ time }) => Date.parse(time))).toEqual(
    Array.from({ length: 70_000 }, (_, index) => END - 69_999 + index),
  )
  expect(new Set(fixes.map(({ lat, lon }) => `${lat},${lon}`)).size).toBeGreaterThan(30_000)
  expect([ids[0], ids[65_534], ids[65_535]]).toEqual([1, 65_535, 1])
})
