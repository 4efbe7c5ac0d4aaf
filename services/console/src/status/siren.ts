/** Two falling tones for critical, one low one for serious: told apart without looking. */
const patterns = {
  critical: [
    { hertz: 960, atS: 0, lengthS: 0.18 },
    { hertz: 720, atS: 0.22, lengthS: 0.24 },
  ],
  serious: [{ hertz: 520, atS: 0, lengthS: 0.25 }],
} as const

export type SirenTone = keyof typeof patterns

const loudness = 0.25

/** Plays one pattern now. The context must have been resumed by a click. */
export function playTone(context: AudioContext, tone: SirenTone): void {
  for (const { hertz, atS, lengthS } of patterns[tone]) {
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    const startS = context.currentTime + atS
    oscillator.frequency.value = hertz
    gain.gain.setValueAtTime(loudness, startS)
    gain.gain.exponentialRampToValueAtTime(0.001, startS + lengthS)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(startS)
    oscillator.stop(startS + lengthS)
  }
}
