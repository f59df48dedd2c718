/** Hands something to the browser as a file. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it by the next turn; nothing else needs the address.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
