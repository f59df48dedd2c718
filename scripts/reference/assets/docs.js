/** The search, and the language of the examples as it was chosen last. Without scripts the pages only lack these. */
const box = document.querySelector('.search')
const input = document.querySelector('#search')
const found = document.querySelector('#found')
const count = document.querySelector('#found-count')
const MOST = 12

let index
const load = () => {
  index ??= fetch('/docs/search.json').then((answer) => answer.json())
  return index
}

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** How well a section fits; 0 where one of the words does not occur. */
function weighted(section, asked) {
  let sum = 0
  for (const word of asked) {
    const heading = section.heading.toLowerCase()
    const page = section.page.toLowerCase()
    const text = section.text.toLowerCase()
    const weight =
      (heading.includes(word) ? 8 : 0) + (page.includes(word) ? 3 : 0) + (text.includes(word) ? 1 : 0)
    if (weight === 0) return 0
    sum += weight
  }
  return sum + (words(section.heading).join(' ').startsWith(asked.join(' ')) ? 8 : 0)
}

/** A few words around the first that was asked for. */
function excerpt(text, asked) {
  const at = Math.max(0, text.toLowerCase().indexOf(asked[0]))
  const from = at < 40 ? 0 : text.indexOf(' ', at - 40) + 1
  return `${from > 0 ? '… ' : ''}${text.slice(from, from + 110)}${text.length > from + 110 ? ' …' : ''}`
}

async function search() {
  const asked = words(input.value)
  if (asked.length === 0) return show([], '')
  const sections = await load()
  if (asked.join() !== words(input.value).join()) return
  const best = sections
    .map((section) => ({ section, weight: weighted(section, asked) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST)
  show(best, asked)
}

function show(best, asked) {
  found.replaceChildren(
    ...best.map(({ section }) => {
      const link = document.createElement('a')
      link.href = section.address
      link.append(section.heading)
      const about = document.createElement('small')
      about.append(section.page === section.heading ? '' : `${section.page}: `, excerpt(section.text, asked))
      const item = document.createElement('li')
      link.append(about)
      item.append(link)
      return item
    }),
  )
  count.textContent = asked.length === 0 ? '' : best.length === 0 ? 'Nothing found.' : `${best.length} found.`
  box.classList.toggle('empty', asked.length > 0 && best.length === 0)
}

function move(event) {
  const links = [...found.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement)
  if (event.key === 'Escape') {
    input.value = ''
    show([], '')
    input.focus()
  } else if (event.key === 'ArrowDown') links[at + 1]?.focus()
  else if (event.key === 'ArrowUp') (links[at - 1] ?? input).focus()
  else if (event.key === 'Enter' && document.activeElement === input) links[0]?.click()
  else return
  event.preventDefault()
}

if (box) {
  box.hidden = false
  input.addEventListener('input', search)
  input.addEventListener('focus', load)
  box.addEventListener('keydown', move)
  document.addEventListener('click', ({ target }) => box.contains(target) || show([], ''))
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return
    event.preventDefault()
    input.focus()
  })
}

const LANGUAGE = 'earshot-docs-language'
const radios = [...document.querySelectorAll('input[name="language"]')]
const chosen = radios.find(({ value }) => value === localStorage.getItem(LANGUAGE))
if (chosen) chosen.checked = true
for (const radio of radios)
  radio.addEventListener('change', () => localStorage.setItem(LANGUAGE, radio.value))
