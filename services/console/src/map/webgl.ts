/** Whether this browser can draw the map at all: some remote desktops and locked-down PCs cannot. */
export function hasWebGl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}
