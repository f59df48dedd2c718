import { z } from 'zod'
import { serveWork } from '../adapters/thread/serve.ts'
import { issueWords } from '../http/issue-words.ts'
import { TEXT_WORK } from '../http/text-work.ts'

z.config({ customError: issueWords })
serveWork(TEXT_WORK)
