#!/usr/bin/env node
/**
 * The texts of the page: each is a message, is used, is there in every language with the same placeholders and markup,
 * and is fetched before what shows it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import compile from 'icu-minify/compile'
import ts from 'typescript'
import { root } from '../lib/run.mjs'

const PAGE = join(root, 'web/src')
const MESSAGES = join(PAGE, 'i18n/messages')

/** Attributes whose value is read by people, of elements and of components. */
const READ = new Set(
  'action,alt,aria-label,aria-description,closeButtonLabel,description,error,failed,keep,label,name,nothingFoundMessage,placeholder,says,title'.split(
    ',',
  ),
)
/** Names, and signs that every language writes so. */
const PLAIN = new Set([
  'Earshot',

  'https://example.com/hooks/earshot',
  'ada@example.org',
  'whisper-base',
  'you.bsky.social',
])

const sources = filesIn(PAGE)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file) && !file.startsWith(dirname(MESSAGES)))
  .map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true))

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

/** Texts that stand in the code. */
function bareTexts(source) {
  const found = []
  const report = (node, text) => {
    const words = text.replace(/\s+/g, ' ').trim()
    if (!/\p{Ll}{2}/u.test(words) || words.startsWith('https://') || PLAIN.has(words)) return
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${relative(root, source.fileName)}:${line + 1} text that is no message: ${words}`)
  }
  const look = (node) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isForDevelopers(node)) return
    if (ts.isJsxText(node)) report(node, node.text)
    else if (isText(node) && isShown(node)) report(node, textOf(node))
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

const isText = (node) =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)

const textOf = (node) =>
  ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ')
    : node.text

/** What says that the code itself is wrong. */
const isForDevelopers = (node) => ts.isNewExpression(node) && node.expression.getText() === 'TypeError'

/** A sentence or a title anywhere; any word where it is put on the page. */
function isShown(node) {
  if (/^[\p{Lu}“][^/]*\s\S|^\p{Lu}.*\p{L}\.$/u.test(textOf(node).trim())) return true
  let at = node.parent
  while (ts.isConditionalExpression(at) || ts.isParenthesizedExpression(at) || isChoice(at)) {
    if (ts.isConditionalExpression(at) && within(at.condition, node)) return false
    at = at.parent
  }
  if (ts.isJsxExpression(at)) at = at.parent
  if (ts.isJsxAttribute(at)) return READ.has(at.name.getText()) && !/^[a-z]+$/.test(textOf(node))
  if (ts.isPropertyAssignment(at))
    return ['label', 'title'].includes(at.name.getText()) && !/^[a-z]+$/.test(textOf(node))
  return ts.isJsxElement(at) || ts.isJsxFragment(at)
}

const isChoice = (node) =>
  ts.isBinaryExpression(node) && ['??', '||', '&&'].includes(node.operatorToken.getText())
const within = (outer, node) => node.pos >= outer.pos && node.end <= outer.end

/** The messages of a language: file.key → text. */
function messagesOf(language) {
  const found = new Map()
  for (const file of filesIn(join(MESSAGES, language))) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    const [exported] = source.statements.filter(ts.isExportAssignment)
    let object = exported.expression
    if (ts.isAsExpression(object)) object = object.expression
    gather(object, relative(join(MESSAGES, language), file).replace(/\.ts$/, ''), found)
  }
  return found
}

function gather(object, path, found) {
  for (const { name, initializer } of object.properties) {
    const key = `${path}.${name.text}`
    if (ts.isObjectLiteralExpression(initializer)) gather(initializer, key, found)
    else found.set(key, initializer.text)
  }
}

function differences() {
  const english = messagesOf('en')
  const others = readdirSync(MESSAGES).filter((language) => language !== 'en')
  return others.flatMap((language) => {
    const messages = messagesOf(language)
    const missing = [...english.keys()].filter((key) => !messages.has(key))
    const alone = [...messages.keys()].filter((key) => !english.has(key))
    return [
      ...missing.map((key) => `${language} lacks ${key}`),
      ...alone.map((key) => `${language} has ${key}, which English has not`),
      ...[...messages].flatMap(([key, text]) =>
        english.has(key) ? unlike(language, key, english.get(key), text) : [],
      ),
    ]
  })
}

function unlike(language, key, english, text) {
  try {
    const [wanted, given] = [placeholders(english), placeholders(text)]
    return wanted === given
      ? []
      : [`${language} ${key} has ${given || 'no placeholder'}, English ${wanted || 'none'}`]
  } catch (error) {
    return [`${language} ${key} cannot be read: ${error.message}`]
  }
}

/** What a message is given. */
function placeholders(text) {
  const found = new Set()
  // As icu-minify has it: text, a number for “#”, or [name, what is done with it or stands between its tags, …].
  const look = (element) => {
    if (!Array.isArray(element)) return
    const [name, ...rest] = element
    const isTag = rest.length > 0 && typeof rest[0] !== 'number'
    found.add(isTag ? `<${name}>` : name)
    for (const each of rest) if (typeof each === 'object') (Array.isArray(each) ? look : options)(each)
  }
  const options = (all) => Object.values(all).forEach(message)
  const message = (elements) => Array.isArray(elements) && elements.forEach(look)
  message(compile(text))
  return [...found].sort().join(', ')
}

/** Messages whose key the code names nowhere, neither whole nor with a part that is put in. */
function unused() {
  const [whole, patterns] = [new Set(), []]
  const look = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) whole.add(node.text)
    if (ts.isTemplateExpression(node)) patterns.push(textsAround(node))
    ts.forEachChild(node, look)
  }
  for (const source of sources) look(source)
  const isNamed = (key) => whole.has(key) || patterns.some((texts) => fits(key, texts))
  return [...messagesOf('en').keys()].flatMap((path) => {
    const parts = path.split('.')
    // `useTranslations('parts.formats')` names the first part of the key.
    const names = parts.slice(1).map((_, k) => parts.slice(k + 1).join('.'))
    return names.some(isNamed) ? [] : [`${path} is used nowhere`]
  })
}

const textsAround = (node) => [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]

/** Whether a template such as `modes.${mode}` may give the key. */
const fits = (key, texts) =>
  texts.join('').includes('.') &&
  key.startsWith(texts[0]) &&
  key.endsWith(texts.at(-1)) &&
  key.length > texts.join('').length

/** Those that are there before anything is shown. */
const FIRST = ['shell', 'parts']

/** Parts of the page that are fetched when they are wanted, and use messages that neither they nor what fetches them bring. */
function notFetched() {
  const known = new Map(sources.map((source) => [source.fileName, importsOf(source)]))
  const main = { from: '', file: join(PAGE, 'main.tsx'), brings: FIRST }
  const entries = [...known].flatMap(([file, { lazy }]) => lazy.map((entry) => ({ from: file, ...entry })))
  const files = new Map([main, ...entries].map(({ file }) => [file, reached(file, known)]))
  // All are taken to be there until one way to the part is found where they are not.
  const there = new Map(
    [...files.keys()].map((file) => [file, file === main.file ? new Set(FIRST) : undefined]),
  )
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, file, brings } of entries)
      for (const [parent, parts] of files) {
        const outside = there.get(parent)
        if (!outside || !parts.has(from)) continue
        const now = new Set([...outside, ...brings].filter((name) => there.get(file)?.has(name) ?? true))
        changed ||= now.size !== there.get(file)?.size
        there.set(file, now)
      }
  }
  return [...files].flatMap(([file, parts]) => {
    const needs = new Set([...parts].flatMap((part) => [...known.get(part).uses]))
    const lacks = [...needs].filter((name) => !there.get(file)?.has(name))
    return lacks.map((name) => `${relative(root, file)} is fetched without the messages “${name}”`)
  })
}

/** All that comes with a file at once. */
function reached(file, known, seen = new Set()) {
  if (seen.has(file) || !known.has(file)) return seen
  seen.add(file)
  for (const next of known.get(file).now) reached(next, known, seen)
  return seen
}

/** What a file imports at once and when it is wanted, and which files of messages it names. */
function importsOf(source) {
  const found = { now: [], lazy: [], uses: new Set() }
  const at = (path) => resolve(dirname(source.fileName), path)
  const look = (node, brings) => {
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly)
      found.now.push(at(node.moduleSpecifier.text))
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments
      const called = node.expression.getText()
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        found.lazy.push({ file: at(first.text), brings })
      if (['useTranslations', 'translator'].includes(called) && first && ts.isStringLiteral(first))
        found.uses.add(first.text.split('.')[0])
      if (called === 'withMessages' && ts.isArrayLiteralExpression(first))
        brings = first.elements.map(({ text }) => text)
    }
    ts.forEachChild(node, (child) => look(child, brings))
  }
  look(source, [])
  return found
}

const faults = [...sources.flatMap(bareTexts), ...differences(), ...unused(), ...notFetched()]
for (const fault of faults) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)
