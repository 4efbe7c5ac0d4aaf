const londonClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const londonMinute = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })
const londonDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'short' })
const londonZone = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeZoneName: 'short' })

const dayMs = 86_400_000
/** Within this of a span nobody takes its times for those of another day. */
const nearMs = 8 * 3_600_000

/** hh:mm:ss in London. */
export function clockTime(atMs: number): string {
  return londonClock.format(atMs)
}

/** hh:mm in London. */
function minuteTime(atMs: number): string {
  return londonMinute.format(atMs)
}

/** hh:mm:ss today, with the day before it on any other day. */
export function momentWords(atMs: number, nowMs: number): string {
  const isToday = londonDay.format(atMs) === londonDay.format(nowMs)
  return isToday ? clockTime(atMs) : `${londonDay.format(atMs)}, ${clockTime(atMs)}`
}

/** hh:mm today, with the day before it on any other day. */
export function minuteWords(atMs: number, nowMs: number): string {
  const isToday = londonDay.format(atMs) === londonDay.format(nowMs)
  return isToday ? minuteTime(atMs) : `${londonDay.format(atMs)}, ${minuteTime(atMs)}`
}

/** "19:00 to 07:00" for a night or less; days are added where the times alone could be mistaken. */
export function spanWords(fromMs: number, toMs: number, nowMs: number): string {
  const isNear = toMs - fromMs < dayMs && nowMs >= fromMs - nearMs && nowMs <= toMs + nearMs
  return isNear
    ? `${minuteTime(fromMs)} to ${minuteTime(toMs)}`
    : `${minuteWords(fromMs, nowMs)} to ${minuteWords(toMs, nowMs)}`
}

/** GMT or BST. */
export function zoneAbbreviation(atMs: number): string {
  return londonZone.formatToParts(atMs).find(part => part.type === 'timeZoneName')?.value ?? 'UTC'
}

/** "12 s", "4 min", "2 h 14 min", "3 days": whole units, rounded down. */
export function durationWords(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** Time left as m:ss or h:mm:ss; overdue with a true minus sign. */
export function countdown(leftMs: number): string {
  const seconds = Math.abs(Math.trunc(leftMs / 1000))
  const sign = leftMs < 0 && seconds > 0 ? '−' : ''
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const lastTwo = String(seconds % 60).padStart(2, '0')
  if (hours === 0) return `${sign}${minutes}:${lastTwo}`
  return `${sign}${hours}:${String(minutes).padStart(2, '0')}:${lastTwo}`
}
