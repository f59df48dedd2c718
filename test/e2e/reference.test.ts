/** The documentation under /docs as people meet it: in a browser, with the keyboard, on a phone, without the internet. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GUIDES } from '../../scripts/reference/guides.ts'
import { leftOut, site } from '../../scripts/reference/site.ts'
import { axeFindings, fitsSideways, launchBrowser, type TestBrowser } from '../support/browser.ts'
import { toneServer } from '../support/tone-server.ts'

const server = toneServer()
let browser: TestBrowser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

it('has every page of docs/, in a group of its navigation', () => {
  expect(leftOut().map((name) => `docs/${name}.md: name it in scripts/reference/guides.ts`)).toEqual([])
})

it('is served as it was built, each page under its name, with a policy that lets in nothing else', async () => {
  const names = Object.keys(site()).filter((name) => name.endsWith('.html'))
  expect(names.length).toBeGreaterThan(Object.values(GUIDES).flat().length)
  for (const name of names) {
    const page = name.replace('.html', '')
    const answer = await fetch(`${server.origin}/docs${page === 'index' ? '' : `/${page}`}`)
    expect({ page, status: answer.status }).toEqual({ page, status: 200 })
    expect(answer.headers.get('content-type')).toContain('text/html')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    // Nothing is loaded from elsewhere.
    expect([...(await answer.text()).matchAll(/(?:src|href)="(https?:[^"]+)"[^>]*(?:rel|as)=/g)]).toEqual([])
  }
})

describe('in a browser', () => {
  let page: Page
  const goTo = (path: string): Promise<unknown> => page.goto(path, { waitUntil: 'load' })

  it('finds an operation with the keyboard alone, and shows its examples in the language that was chosen', async () => {
    page = await browser.visitor(server.origin)
    await goTo('/docs')
    await page.keyboard.press('/')
    await page.keyboard.type('rotate secret')
    await page.locator('#found a').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/docs\/reference-webhooks#post-v1-webhooks-id-rotate/)
    expect(await page.getByRole('heading', { name: 'Rotate a webhook secret' }).isVisible()).toBe(true)
    const example = (language: string) =>
      page
        .locator('section', { hasText: 'Rotate a webhook secret' })
        .locator(`[data-language=${language}]`)
        .first()
    expect(await example('curl').isVisible()).toBe(true)
    await page.getByLabel('Python').check()
    expect(await example('curl').isVisible()).toBe(false)
    expect(await example('python').textContent()).toContain('requests.post(')
    // It is remembered on the next page.
    await goTo('/docs/reference-credits')
    expect(await page.getByLabel('Python').isChecked()).toBe(true)
    expect(browser.takeFaults()).toEqual([])
  })

  it('says so where nothing is found', async () => {
    await page.getByRole('searchbox').fill('xyzzy')
    await page.getByText('Nothing found.').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
    await page.context().close()
  })

  it.each([
    ['desktop', 'light'],
    ['phone', 'dark'],
  ] as const)('%s, %s: nothing sticks out, and axe has no complaint', async (size, scheme) => {
    page = await browser.visitor(server.origin, { size, scheme })
    for (const path of [
      '',
      '/reference-transcriptions',
      '/reference-webhooks',
      '/api-openai',
      '/errors',
      '/moving',
    ]) {
      await goTo(`/docs${path}`)
      expect({ path, findings: await axeFindings(page) }).toEqual({ path, findings: [] })
      expect({ path, fits: await fitsSideways(page) }).toEqual({ path, fits: true })
    }
    expect(browser.takeFaults()).toEqual([])
    await page.context().close()
  })

  it('leads a phone’s reader through its contents', async () => {
    page = await browser.visitor(server.origin, { size: 'phone' })
    await goTo('/docs')
    await page.getByText('Contents').click()
    await page.locator('.menu').getByRole('link', { name: 'Errors' }).click()
    await page.waitForURL(/\/docs\/errors$/)
    expect(await page.getByRole('heading', { level: 1, name: 'Errors' }).isVisible()).toBe(true)
    await page.context().close()
  })
})
