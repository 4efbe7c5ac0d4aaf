import type { Incident } from '@cordon/contract'
import { useState } from 'react'
import { useLiveState, useNowMs } from '../live/use-live.ts'
import { readPreference, writePreference } from '../session/preferences.ts'
import { useSession } from '../session/use-session.ts'
import { collapseLate } from './late-groups.ts'
import './queue.css'
import { ProvisionalList, type ProvisionalListProps } from './provisional-list.tsx'
import { QueueList } from './queue-list.tsx'
import { type QueueTab, queueTabs } from './queue-order.ts'
import { useKeyboardInside } from './use-keyboard-inside.ts'
import { type TabCounts, useQueue, useTabCounts } from './use-queue.ts'
import { useShortcuts } from './use-shortcuts.ts'

const tabWords: Readonly<Record<QueueTab, string>> = { new: 'New', mine: 'Mine', waiting: 'Waiting', all: 'All' }

export type QueuePanelProps = {
  readonly selectedId: string | undefined
  readonly onSelect: (incident: Incident) => void
  readonly onTake: (incident: Incident) => void
  readonly onShowOnMap: () => void
  readonly provisional: ProvisionalListProps
}

export function QueuePanel({ selectedId, onSelect, onTake, onShowOnMap, provisional }: QueuePanelProps) {
  const { book } = useLiveState()
  const { user } = useSession()
  const nowMs = useNowMs()
  const [tab, setTab] = useState<QueueTab>('new')
  const [focusRequest, setFocusRequest] = useState<{ readonly id: string }>()
  const [hasShortcuts, setShortcuts] = useState(() => readPreference('shortcuts') !== 'off')
  const keyboard = useKeyboardInside()
  const counts = useTabCounts(book, user.name)
  const queue = useQueue({ book, tab, account: user.name, isFrozen: keyboard.isInside, activeId: selectedId })

  const groups = useOpenGroups()
  const lines = collapseLate(queue.incidents, groups.open, selectedId)

  function step(by: 1 | -1): void {
    const shown = lines.flatMap(line => (line.type === 'incident' ? line.incident : []))
    const at = shown.findIndex(({ id }) => id === selectedId)
    const next = shown[at < 0 ? 0 : at + by]
    if (next === undefined) return
    onSelect(next)
    setFocusRequest({ id: next.id })
  }

  const selected = selectedId === undefined ? undefined : book.byId.get(selectedId)
  useShortcuts(hasShortcuts, {
    j: () => step(1),
    k: () => step(-1),
    a: () => selected && onTake(selected),
    m: onShowOnMap,
  })
  return (
    <section className="queue" aria-label="Queue">
      <ProvisionalList {...provisional} />
      <QueueTabs tab={tab} counts={counts} onTab={setTab} />
      <div className="queue-body" {...keyboard.handlers}>
        {queue.newAbove > 0 && (
          <button type="button" className="queue-chip" onClick={keyboard.release}>
            {queue.newAbove} new above
          </button>
        )}
        {queue.incidents.length === 0 && <p className="queue-empty">{emptyWords(tab, counts)}</p>}
        <QueueList
          lines={lines}
          selectedId={selectedId}
          nowMs={nowMs}
          onSelect={onSelect}
          onToggle={groups.toggle}
          focusRequest={focusRequest}
        />
      </div>
      <QueueKeys
        isOn={hasShortcuts}
        onToggle={isOn => {
          setShortcuts(isOn)
          writePreference('shortcuts', isOn ? 'on' : 'off')
        }}
      />
    </section>
  )
}

/** The groups of late incidents that somebody has opened. */
function useOpenGroups() {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  return { open, toggle }
}

type QueueTabsProps = { readonly tab: QueueTab; readonly counts: TabCounts; readonly onTab: (tab: QueueTab) => void }

function QueueTabs({ tab, counts, onTab }: QueueTabsProps) {
  return (
    <fieldset className="queue-tabs">
      <legend className="visually-hidden">Which incidents</legend>
      {queueTabs.map(name => (
        <button key={name} type="button" aria-pressed={name === tab} onClick={() => onTab(name)}>
          {tabWords[name]} ({counts[name]})
        </button>
      ))}
    </fieldset>
  )
}

function emptyWords(tab: QueueTab, counts: TabCounts): string {
  if (counts.all === 0) return 'No open incidents.'
  return tab === 'new' ? 'Nothing waits to be taken.' : 'Nothing here.'
}

function QueueKeys({ isOn, onToggle }: { readonly isOn: boolean; readonly onToggle: (isOn: boolean) => void }) {
  return (
    <div className="queue-keys">
      <label>
        <input type="checkbox" checked={isOn} onChange={event => onToggle(event.target.checked)} />
        Keys
      </label>
      {isOn && (
        <span>
          <kbd>J</kbd> <kbd>K</kbd> next, previous <kbd>A</kbd> take <kbd>M</kbd> map
        </span>
      )}
    </div>
  )
}
